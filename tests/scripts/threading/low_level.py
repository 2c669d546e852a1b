# The functions and types of _thread and what they refuse.
import _thread
def t(f,*a,**k):
    try: print(getattr(f,'__name__',f),a,k, '->', f(*a,**k))
    except BaseException as e: print(getattr(f,'__name__',f),a,k, type(e).__name__, e)
L=_thread.lock()
t(L.acquire,timeout=-2);t(L.acquire,False,1);t(L.acquire,timeout='x');t(L.acquire,True,1e20);t(L.acquire,True,9e9);t(L.release);t(L.acquire);t(L.locked);t(L.acquire,False);t(L.acquire,True,0.01);t(L.release);t(L.acquire,1,2,3)
t(L.__enter__);t(L.__exit__,1,2,3);t(L.release)
print(L)
R=_thread.RLock();t(R.release);t(R.acquire);t(R.acquire);t(R._is_owned);t(R._recursion_count);x=R._release_save();R._acquire_restore(x);t(R.release);t(R.release);t(R.release);t(R._acquire_restore,5);t(R.acquire,timeout=-3); print(R)
t(_thread.start_new_thread);t(_thread.start_new_thread,1,());t(_thread.start_new_thread,print,1);t(_thread.start_new_thread,print,(),1)
t(_thread.start_joinable_thread,1);t(_thread.start_joinable_thread,print,5,3);t(_thread.start_joinable_thread)
t(_thread.stack_size,1);t(_thread.stack_size,-1);t(_thread.stack_size,1<<20);t(_thread.stack_size);t(_thread.stack_size,0);t(_thread.exit);t(_thread._excepthook,1);t(_thread._ExceptHookArgs,(1,2));t(_thread._ExceptHookArgs,(1,2,3,4));t(_thread.interrupt_main,99);t(_thread._local,5);t(_thread.lock,5)
class Lo(_thread._local):
    def __init__(self,*a,**k): print('init',a,k)
l=Lo(5,x=3); l.y=4; print(l.__dict__, l.y, dir(l)[-3:])
try: l.z
except AttributeError as e: print(e)
t(lambda: delattr(l,'q')); t(lambda: setattr(l,'__dict__',{})); t(lambda: delattr(l,'__dict__')); 
t(_thread.interrupt_main)
h=_thread._ThreadHandle(); print(h, h.ident); t(h.join);t(h.is_done);t(h._set_done)
h2=_thread.start_joinable_thread(lambda:1); t(h2.join,0.5); print(h2.is_done()); t(h2.join); t(h2.join,-1);t(h2.join,'x')
