# Trains the network of docs/guides/exchange.md with numpy (surrogate gradients), writes it as NIR, and what it does with 20 samples:
# python3 train.py
import numpy as np, h5py
rng=np.random.default_rng(3)
NI,NH,NO,T=20,32,4,60; dt=1e-3; tau=0.01; beta=1-dt/tau
proto=rng.random((NO,T,NI))<0.06
def sample(n):
    y=rng.integers(0,NO,n); x=proto[y].copy()
    x&=rng.random(x.shape)<0.85; x|=rng.random(x.shape)<0.02
    return x.astype(np.float32),y
W1=rng.normal(0,.35,(NH,NI)).astype(np.float32); W2=rng.normal(0,.3,(NO,NH)).astype(np.float32)
def forward(x,keep=False):
    n=x.shape[0]; v1=np.zeros((n,NH)); v2=np.zeros((n,NO)); S1=[];S2=[];V1=[];V2=[]
    for t in range(T):
        v1=beta*v1+x[:,t]@W1.T; s1=(v1>1).astype(float); V1.append(v1); v1=v1*(1-s1)
        v2=beta*v2+s1@W2.T; s2=(v2>1).astype(float); V2.append(v2); v2=v2*(1-s2)
        S1.append(s1);S2.append(s2)
    return map(np.array,(S1,S2,V1,V2))
sg=lambda v:1/(1+5*abs(v-1))**2
m=[np.zeros_like(W1),np.zeros_like(W2)]; q=[np.zeros_like(W1),np.zeros_like(W2)]
for it in range(400):
    x,y=sample(64); S1,S2,V1,V2=forward(x); c=S2.sum(0); z=np.exp(c-c.max(1,keepdims=True)); p=z/z.sum(1,keepdims=True); p[np.arange(64),y]-=1; g=p/64
    dW1=np.zeros_like(W1);dW2=np.zeros_like(W2); d1=np.zeros((64,NH)); d2=np.zeros((64,NO))
    for t in reversed(range(T)):
        d2=d2*(1-S2[t])*beta*0+ (d2*beta*(1-S2[t])+g*sg(V2[t])); dW2+=d2.T@S1[t]
        d1=d1*beta*(1-S1[t])+(d2@W2)*sg(V1[t]); dW1+=d1.T@x[:,t]
    for k,(W,d) in enumerate(((W1,dW1),(W2,dW2))):
        m[k]=.9*m[k]+.1*d;q[k]=.999*q[k]+.001*d*d; W-=(0.01*(m[k]/(1-.9**(it+1)))/(np.sqrt(q[k]/(1-.999**(it+1)))+1e-8)).astype(np.float32)
x,y=sample(400); _,S2,_,_=forward(x); print('accuracy',(S2.sum(0).argmax(1)==y).mean())
# one long test: 40 samples with 60 quiet steps between
n=20; x,y=sample(n); long=np.zeros((1,n*120,NI)); 
for k in range(n): long[0,k*120:k*120+T]=x[k]
T=n*120; S1,S2,V1,V2=forward(long)
print('spikes',int(S1.sum()),int(S2.sum()))
I=np.nonzero(long[0]); np.savez_compressed('expected.npz',input_i=I[1].astype("i4"),input_t=(I[0]+1)*dt,hidden_i=np.nonzero(S1[:,0])[1].astype('i4'),hidden_t=(np.nonzero(S1[:,0])[0]+1)*dt,output_cells_i=np.nonzero(S2[:,0])[1].astype('i4'),output_cells_t=(np.nonzero(S2[:,0])[0]+1)*dt)
open('spikes.csv','w').write('index,time_us\n'+''.join(f'{i},{(t+1)*1000}\n' for t,i in zip(*np.nonzero(long[0]))))
f=h5py.File('trained.nir','w'); f['version']='1.0.7'; g=f.create_group('node'); g['type']='NIRGraph'; nd=g.create_group('nodes')
def node(name,typ,**k):
    d=nd.create_group(name); d['type']=typ
    for a,b in k.items(): d[a]=b
node('input','Input',shape=np.array([NI])); node('output','Output',shape=np.array([NO]))
node('w1','Linear',weight=W1); node('w2','Linear',weight=W2)
for nm,k in (('hidden',NH),('output_cells',NO)): node(nm,'LIF',tau=np.full(k,tau,'f4'),r=np.full(k,tau/dt,'f4'),v_leak=np.zeros(k,'f4'),v_threshold=np.ones(k,'f4'),v_reset=np.zeros(k,'f4'))
E=[('input','w1'),('w1','hidden'),('hidden','w2'),('w2','output_cells'),('output_cells','output')]
g.create_dataset('edges',data=np.array(E,dtype=object),dtype=h5py.string_dtype())
