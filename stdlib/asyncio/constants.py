# Limits and delays of asyncio.
LOG_THRESHOLD_FOR_CONNLOST_WRITES = 5   # writes to a lost connection before each is a warning
ACCEPT_RETRY_DELAY = 1                  # seconds after running out of descriptors
DEBUG_STACK_DEPTH = 10                  # entries of a source traceback
SSL_HANDSHAKE_TIMEOUT = 60.0
SSL_SHUTDOWN_TIMEOUT = 30.0
SENDFILE_FALLBACK_READBUFFER_SIZE = 256 * 1024
FLOW_CONTROL_HIGH_WATER_SSL_READ = 256   # KiB
FLOW_CONTROL_HIGH_WATER_SSL_WRITE = 512  # KiB
THREAD_JOIN_TIMEOUT = 300
