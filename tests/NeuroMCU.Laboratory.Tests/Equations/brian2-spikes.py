# Spike times of the library's neurons by Brian2 2.5.1 (Debian python3-brian2), forward Euler at the step of each model's text.
# python3 brian2-spikes.py > brian2-spikes.csv
# A spike falls at the end of a step here, at its beginning in Brian2: its refractory times are a step longer for the same number of steps
# at rest. Where the Euler map is chaotic (Lyapunov exponents of 24 to 100/s in `neuromcu model check`), two orders of the same additions part
# after 0.3 s: such runs are shorter.
import warnings
warnings.filterwarnings('ignore')
from brian2 import *
prefs.codegen.target = 'numpy'
BrianLogger.log_level_error()

def run_model(name, preset, step, seconds, eqs, start, threshold, reset, refractory=False, method='euler', **params):
    start_scope()
    defaultclock.dt = step
    kw = dict(threshold=threshold, method=method, namespace=params)
    if reset is not None: kw['reset'] = reset
    if refractory is not False: kw['refractory'] = refractory
    g = NeuronGroup(1, eqs, **kw)
    for k, v in start.items(): setattr(g, k, v)
    m = SpikeMonitor(g)
    run(seconds * second)
    h = int(round(float(step) * 1e6))
    # A spike of Brian's step from t to t + h is stamped t; of ours, t + h.
    times = ' '.join(str(int(round(float(t) * 1e6)) + h) for t in m.t)
    print(f'{name},{preset},{method},{h},{seconds},{times}', flush=True)

adex = '''
dv/dt = (-g_L*(v - E_L) + g_L*D_T*exp((v - V_T)/D_T) - u + I) / C : volt%s
du/dt = (a*(v - E_L) - u) / tau_w : amp
'''
pA, nS, pF = 1e-12*amp, 1e-9*siemens, 1e-12*farad
def run_adex(preset, C, g_L, E_L, a, tau_w, b, V_r, I, V_T=-50*mV, D_T=2*mV, V_peak=0*mV, seconds=1):
    run_model('adex', preset, 100*us, seconds, adex % '', dict(v=E_L, u=0*amp), 'v >= V_peak', 'v = V_r\nu += b',
        C=C*pF, g_L=g_L*nS, E_L=E_L, a=a*nS, tau_w=tau_w, b=b*pA, V_r=V_r, I=I*pA, V_T=V_T, D_T=D_T, V_peak=V_peak)

print('model,preset,method,step_us,seconds,times_us')
run_adex('tonic', 200, 10, -70*mV, 2, 30*ms, 0, -58*mV, 500)
run_adex('adaptation', 200, 12, -70*mV, 2, 300*ms, 60, -58*mV, 500)
run_adex('initial-burst', 130, 18, -58*mV, 4, 150*ms, 120, -50*mV, 400)
run_adex('regular-bursting', 200, 10, -58*mV, 2, 120*ms, 100, -46*mV, 210)
run_adex('delayed-accelerating', 200, 12, -70*mV, -10, 300*ms, 0, -58*mV, 300)
run_adex('delayed-regular-bursting', 100, 10, -65*mV, -10, 90*ms, 30, -47*mV, 110, seconds=0.5)
run_adex('transient', 100, 10, -65*mV, 10, 90*ms, 100, -47*mV, 180)
run_adex('irregular', 100, 12, -60*mV, -11, 130*ms, 30, -48*mV, 160, seconds=0.4)
run_adex('brette-gerstner', 281, 30, -70.6*mV, 4, 144*ms, 80.5, -70.6*mV, 800, V_T=-50.4*mV, V_peak=20*mV)

for preset, I in (('silent', 10), ('tonic', 100)):
    run_model('exponential-if', preset, 100*us, 1, 'dv/dt = (V_L - v + D_T*exp((v - V_T)/D_T) + R*I)/tau : volt (unless refractory)',
        dict(v=-65*mV), 'v >= V_peak', 'v = V_r', refractory='1.8*ms', tau=10*ms, R=100*Mohm, V_L=-65*mV, V_T=-59.9*mV, D_T=3.48*mV,
        V_r=-68*mV, V_peak=0*mV, I=I*pA)

for preset, I in (('silent', 30), ('tonic', 100)):
    run_model('quadratic-if', preset, 100*us, 1, 'dv/dt = ((v - V_rest)*(v - V_c)/(V_c - V_rest) + R*I)/tau : volt',
        dict(v=-65*mV), 'v >= V_peak', 'v = V_r', tau=20*ms, V_rest=-65*mV, V_c=-50*mV, R=100*Mohm, V_peak=20*mV, V_r=-70*mV, I=I*pA)

izh = '''
dv/dt = (0.04*v**2/mV + 5*v + 140*mV - u + I)/ms : volt
du/dt = a*(b*v - u)/ms : volt
'''
for preset, a, b, c, d, I in (('regular-spiking', .02, .2, -65, 8, 10), ('intrinsically-bursting', .02, .2, -55, 4, 10),
        ('chattering', .02, .2, -50, 2, 10), ('fast-spiking', .1, .2, -65, 2, 10), ('low-threshold-spiking', .02, .25, -65, 2, 10),
        ('resonator', .1, .26, -65, 2, 10), ('thalamo-cortical', .02, .25, -65, .05, 2)):
    run_model('izhikevich', preset, 100*us, 0.2 if preset in ('fast-spiking', 'low-threshold-spiking', 'thalamo-cortical') else 1, izh, dict(v=-65*mV, u=b*-65*mV), 'v >= 30*mV', 'v = c\nu += d',
        a=a, b=b, c=c*mV, d=d*mV, I=I*mV)

for preset, I in (('resting', 0), ('firing', 0.5)):
    run_model('fitzhugh-nagumo', preset, 100*us, 1, 'dv/dt = (v - v**3/3 - w + I)/tau : 1\ndw/dt = (v + a - b*w)/(tau_w*tau) : 1',
        dict(v=-1.2, w=-0.625), 'v >= 1', None, refractory='v >= 1', a=0.7, b=0.8, tau_w=12.5, tau=1*ms, I=I)

uF, mS, uA = ufarad/cm**2, msiemens/cm**2, uamp/cm**2
ml = '''
m = 0.5*(1 + tanh((v - V_1)/V_2)) : 1
w_inf = 0.5*(1 + tanh((v - V_3)/V_4)) : 1
dv/dt = (g_Ca*m*(E_Ca - v) + g_K*w*(E_K - v) + g_L*(E_L - v) + I)/C : volt
dw/dt = phi*cosh((v - V_3)/(2*V_4))*(w_inf - w) : 1
'''
for preset, I, g_Ca, V_3, V_4, phi in (('hopf-resting', 60, 4.4, 2, 30, .04), ('hopf-firing', 100, 4.4, 2, 30, .04),
        ('snic-resting', 35, 4, 12, 17.4, .0667), ('snic-firing', 45, 4, 12, 17.4, .0667)):
    run_model('morris-lecar', preset, 100*us, 1, ml, dict(v=-60.9*mV, w=.0149), 'v >= 0*mV', None, refractory='v >= 0*mV',
        C=20*uF, g_L=2*mS, g_Ca=g_Ca*mS, g_K=8*mS, E_L=-60*mV, E_Ca=120*mV, E_K=-84*mV, V_1=-1.2*mV, V_2=18*mV, V_3=V_3*mV,
        V_4=V_4*mV, phi=phi/ms, I=I*uA)

for preset, E in (('below', 7), ('above', 9)):
    run_model('mott', preset, 100*us, 0.2, 'dm/dt = (E/V_0)**2/tau - m/tau : 1', dict(m=0), 'm >= 0.5', 'm = 0', tau=1*ms, V_0=10*volt, E=E*volt)

for preset, I in (('silent', 90), ('tonic', 200)):
    run_model('coba-lif', preset, 100*us, 1, 'dv/dt = (g_L*(E_L - v) + I)/C : volt (unless refractory)', dict(v=-60*mV), 'v >= V_th',
        'v = V_r', refractory='5.1*ms', C=200*pF, g_L=10*nS, E_L=-60*mV, V_th=-50*mV, V_r=-60*mV, I=I*pA)
for preset, I in (('benchmark', 0), ('tonic', 10)):
    run_model('cuba-lif', preset, 100*us, 1, 'dv/dt = (E_L - v + I)/tau : volt (unless refractory)', dict(v=-60*mV), 'v >= V_th',
        'v = V_r', refractory='5.1*ms', tau=20*ms, E_L=-49*mV, V_th=-50*mV, V_r=-60*mV, I=I*mV)

hh = '''
a_m = 1/exprel(-(v + 40*mV)/(10*mV))/ms : Hz
b_m = 4*exp(-(v + 65*mV)/(18*mV))/ms : Hz
a_q = 0.07*exp(-(v + 65*mV)/(20*mV))/ms : Hz
b_q = 1/(1 + exp(-(v + 35*mV)/(10*mV)))/ms : Hz
a_n = 0.1/exprel(-(v + 55*mV)/(10*mV))/ms : Hz
b_n = 0.125*exp(-(v + 65*mV)/(80*mV))/ms : Hz
dv/dt = (g_Na*m**3*q*(E_Na - v) + g_K*n**4*(E_K - v) + g_L*(E_L - v) + I)/C : volt
dm/dt = a_m*(1 - m) - b_m*m : 1
dq/dt = a_q*(1 - q) - b_q*q : 1
dn/dt = a_n*(1 - n) - b_n*n : 1
'''
for preset, I in (('resting', 0), ('firing', 10)):
    run_model('hodgkin-huxley', preset, 25*us, 0.5, hh, dict(v=-65*mV, m=.0529, q=.5961, n=.3177), 'v >= 0*mV', None,
        refractory='v >= 0*mV', C=1*uF, g_Na=120*mS, g_K=36*mS, g_L=.3*mS, E_Na=50*mV, E_K=-77*mV, E_L=-54.387*mV, I=I*uA)

slit = '''
K = K_0 + A*(abs(U)/0.2)**alpha : 1
dU/dt = 0.3125/ms*(0.00625*I - 8.27*n_Na*(U - 0.2) - 1.654*n_K*(U + 0.2)) : 1
dn_Na/dt = k_a*(K*(1 - n_Na) - c_Na*n_Na**2) : 1
dn_K/dt = k_a*(K*(1 - n_K) - c_K*n_K**2) : 1
'''
for preset, I in (('silent', -2), ('firing', 1)):
    run_model('ionic-slit', preset, 50*us, 2, slit, dict(U=0, n_Na=.1, n_K=.2), 'U >= 0.05', None, refractory='U >= 0.05',
        k_a=15/ms, K_0=1.6e-4, A=.35, alpha=5.2, c_Na=.1, c_K=.01, I=I)

nodes = ((0.202457, 0.231261), (0.444762, 0.172094), (0.627413, 0.111405), (0.725368, 0.066490),
    (0.725368, 0.036780), (0.627413, 0.018036), (0.444762, 0.006879), (0.202457, 0.001260))
def cone(u):
    parts = ' + '.join('%r*(%r*(1 - exprel(%s*%r)/exprel(%s/4)))' % (weight, z, u, z, u) for weight, z in nodes)
    return 'clip(1 + w*(' + parts + '), 0.05, 10)'
cones = '''
dv/dt = (I - g_f*n*(v - E) - g_f*p*(v + E) - g_s*s*(v - E_s)) / C : volt
dn/dt = (%s - n) * 12*D/L_f**2 : 1
dp/dt = (%s - p) * 12*D/L_f**2 : 1
ds/dt = (%s - s) * 12*D/L_s**2 : 1
''' % (cone('(P*(v - E))'), cone('(-P*(v + E))'), cone('(P*(v - E_s))'))
# At 10 us: a fast cone of 48 us does not bear Euler steps of 50 us.
for preset, I in (('silent', 15), ('firing', 22)):
    run_model('conical-iontronic', preset, 10*us, 0.25, cones, dict(v=-0.3*volt, n=.2, p=.4, s=1.5), 'v >= 0*volt', None,
        refractory='v >= 0*volt', C=0.05*pF, D=1.75*um**2/ms, L_f=1*um, L_s=25*um, g_f=0.042*nS, g_s=0.010*nS, E=0.975*volt, E_s=-1*volt,
        w=-4.49, P=-16.48/volt, I=I*pA)

pr = '''
a_m = 0.32*4/exprel((-46.9*mV - v_s)/(4*mV)) : 1
b_m = 0.28*5/exprel((v_s + 19.9*mV)/(5*mV)) : 1
a_n = 0.016*5/exprel((-24.9*mV - v_s)/(5*mV))/ms : Hz
b_n = 0.25*exp(-1 - v_s/(40*mV))/ms : Hz
a_r = 0.128*exp((-43*mV - v_s)/(18*mV))/ms : Hz
b_r = 4/(1 + exp((-20*mV - v_s)/(5*mV)))/ms : Hz
a_s = 1.6/(1 + exp(-0.072*(v_d - 5*mV)/mV))/ms : Hz
b_s = 0.02*5/exprel((v_d + 8.9*mV)/(5*mV))/ms : Hz
low = int(v_d < -10*mV) : 1
fall_c = 2*exp((-53.5*mV - v_d)/(27*mV)) : 1
rise_c = exp((v_d + 50*mV)/(11*mV) - (v_d + 53.5*mV)/(27*mV))/18.975 : 1
a_c = (low*rise_c + (1 - low)*fall_c)/ms : Hz
b_c = low*(fall_c - rise_c)/ms : Hz
a_q = clip(0.00002*Ca, 0, 0.01)/ms : Hz
I_Ca = g_Ca*s**2*(v_d - E_Ca) : amp/meter**2
dv_s/dt = (g_L*(E_L - v_s) + g_Na*(a_m/(a_m + b_m))**2*r*(E_Na - v_s) + g_KDR*n*(E_K - v_s) + g_c/p*(v_d - v_s) + I_s/p)/C : volt
dv_d/dt = (g_L*(E_L - v_d) - I_Ca + g_KAHP*q*(E_K - v_d) + g_KC*c*clip(Ca/250, 0, 1)*(E_K - v_d) + g_c/(1 - p)*(v_s - v_d))/C : volt
dCa/dt = (-0.13*I_Ca/(uamp/cm**2) - 0.075*Ca)/ms : 1
dr/dt = a_r*(1 - r) - b_r*r : 1
dn/dt = a_n*(1 - n) - b_n*n : 1
ds/dt = a_s*(1 - s) - b_s*s : 1
dc/dt = a_c*(1 - c) - b_c*c : 1
dq/dt = a_q*(1 - q) - 0.001/ms*q : 1
'''
for preset, I, na, kahp, ca in (('resting', 0, 1, 1, 1), ('bursting', .75, 1, 1, 1), ('tonic', 2.5, 1, 1, 1), ('ttx', .75, 1/11, 1, 1),
        ('apamin', .75, 1, 1/5, 1), ('cadmium', .75, 1, 1, 1/21)):
    run_model('pinsky-rinzel', preset, 20*us, 0.3 if preset == 'tonic' else 1, pr, dict(v_s=-60*mV, v_d=-60*mV, Ca=0, r=0, n=0, s=0, c=0, q=0), 'v_s >= -25*mV', None,
        refractory='v_s >= -25*mV', C=3*uF, g_L=.1*mS, g_Na=30*mS*na, g_KDR=15*mS, g_Ca=10*mS*ca, g_KAHP=.8*mS*kahp, g_KC=15*mS,
        g_c=2.1*mS, p=.5, E_Na=60*mV, E_Ca=80*mV, E_K=-75*mV, E_L=-60*mV, I_s=I*uA)
