# The functions of _signal and what they refuse.
import _signal as s
def t(f,*a,**k):
    try: print(f.__name__,a, '->', f(*a,**k))
    except BaseException as e: print(f.__name__,a, type(e).__name__, e)
t(s.signal,0,s.SIG_DFL); t(s.signal,65,s.SIG_DFL); t(s.signal,9,s.SIG_DFL); t(s.signal,10,5);t(s.signal,10,'x');t(s.signal,'a',0);t(s.signal,32,s.SIG_IGN)
t(s.signal,10);t(s.signal); t(s.getsignal,0);t(s.getsignal,65);t(s.getsignal,64); t(s.getsignal,9); t(s.getsignal,32)
t(s.strsignal,0);t(s.strsignal,65);t(s.raise_signal,0);t(s.raise_signal,999);t(s.raise_signal,'x')
t(s.alarm,-1);t(s.alarm,0);t(s.alarm,'x');t(s.set_wakeup_fd,-1);t(s.set_wakeup_fd,999);t(s.set_wakeup_fd,1);t(s.set_wakeup_fd,'x')
t(s.siginterrupt,0,True);t(s.siginterrupt,10,True);t(s.siginterrupt,9,True);t(s.siginterrupt,70,True)
t(s.setitimer,0,-1);t(s.setitimer,9,1);t(s.setitimer,0,'x');t(s.getitimer,0);t(s.getitimer,7);t(s.setitimer,0,0)
t(s.pthread_sigmask,7,[]);t(s.pthread_sigmask,0,[100]);t(s.pthread_sigmask,0,[10]);t(s.pthread_sigmask,0,[]);t(s.pthread_sigmask,0,['x']);t(s.pthread_sigmask,0,5);t(s.pthread_sigmask,s.SIG_SETMASK,[])
t(s.sigpending);t(s.default_int_handler);t(s.default_int_handler,1);t(s.default_int_handler,1,2);t(s.default_int_handler,1,2,3)
print(s.ItimerError, s.ItimerError.__mro__, s.default_int_handler, s.SIG_DFL, s.SIG_BLOCK,s.SIG_UNBLOCK,s.SIG_SETMASK,s.ITIMER_REAL,s.ITIMER_VIRTUAL,s.ITIMER_PROF,s.NSIG)
for n in ('signal','getsignal','set_wakeup_fd','raise_signal','alarm','pause','strsignal','siginterrupt','valid_signals','setitimer','getitimer','pthread_kill','pthread_sigmask','sigpending','sigwait','default_int_handler'): print(repr(getattr(s,n).__text_signature__)); 
print([s.strsignal(i) for i in range(1, 65)])
