# Spike times of the library's cells with ion channels by NEURON 8.2.2 (Debian neuron, python3-neuron, neuron-dev,
# libinterviews-dev): variable order and step (CVODE), absolute tolerance 1e-10, times interpolated where the voltage passes the threshold upwards.
# python3 neuron-spikes.py > neuron-spikes.csv
# Hodgkin-Huxley is NEURON's own mechanism `hh` without its tables; Morris-Lecar and the two compartments of Pinsky and Rinzel are mechanisms
# below, the compartments two sections of equal area that an axial resistance couples.
import math, os, subprocess, sys, tempfile

ML = '''
NEURON { SUFFIX ml NONSPECIFIC_CURRENT i  RANGE gca, v3, v4, phi, i, w }
UNITS { (mA) = (milliamp) (mV) = (millivolt) (S) = (siemens) }
PARAMETER { gca = 0.0044 (S/cm2) v3 = 2 (mV) v4 = 30 (mV) phi = 0.04 (/ms) }
ASSIGNED { v (mV) i (mA/cm2) }
STATE { w }
INITIAL { w = 0.0149 }
BREAKPOINT {
  SOLVE s METHOD cnexp
  i = gca*0.5*(1 + tanh((v + 1.2)/18))*(v - 120) + 0.008*w*(v + 84) + 0.002*(v + 60)
}
DERIVATIVE s { w' = phi*cosh((v - v3)/(2*v4))*(0.5*(1 + tanh((v - v3)/v4)) - w) }
'''

SOMA = '''
NEURON { SUFFIX prs NONSPECIFIC_CURRENT i  RANGE gna, i, r, n }
UNITS { (mA) = (milliamp) (mV) = (millivolt) (S) = (siemens) }
PARAMETER { gna = 0.03 (S/cm2) }
ASSIGNED { v (mV) i (mA/cm2) }
STATE { r n }
INITIAL { r = 0 n = 0 }
BREAKPOINT {
  LOCAL am, bm
  SOLVE s METHOD cnexp
  am = 1.28*u((-46.9 - v)/4)
  bm = 1.4*u((v + 19.9)/5)
  i = 1e-4*(v + 60) + gna*(am/(am + bm))^2*r*(v - 60) + 0.015*n*(v + 75)
}
DERIVATIVE s {
  r' = 0.128*exp((-43 - v)/18)*(1 - r) - 4/(1 + exp((-20 - v)/5))*r
  n' = 0.08*u((-24.9 - v)/5)*(1 - n) - 0.25*exp(-1 - v/40)*n
}
FUNCTION u(x) { if (fabs(x) < 1e-6) { u = 1 - x/2 } else { u = x/(exp(x) - 1) } }
'''

DENDRITE = '''
NEURON { SUFFIX prd NONSPECIFIC_CURRENT i  RANGE gca, gkahp, i, ca, s, c, q }
UNITS { (mA) = (milliamp) (mV) = (millivolt) (S) = (siemens) }
PARAMETER { gca = 0.01 (S/cm2) gkahp = 0.0008 (S/cm2) }
ASSIGNED { v (mV) i (mA/cm2) }
STATE { ca s c q }
INITIAL { ca = 0 s = 0 c = 0 q = 0 }
BREAKPOINT {
  LOCAL chi
  SOLVE d METHOD derivimplicit
  chi = ca/250
  if (chi > 1) { chi = 1 }
  i = 1e-4*(v + 60) + gca*s*s*(v - 80) + gkahp*q*(v + 75) + 0.015*c*chi*(v + 75)
}
DERIVATIVE d {
  LOCAL rise, fall, ac, bc, aq
  fall = 2*exp((-53.5 - v)/27)
  rise = exp((v + 50)/11 - (v + 53.5)/27)/18.975
  if (v < -10) { ac = rise bc = fall - rise } else { ac = fall bc = 0 }
  aq = 0.00002*ca
  if (aq > 0.01) { aq = 0.01 }
  ca' = -0.13*gca*1e3*s*s*(v - 80) - 0.075*ca
  s' = 1.6/(1 + exp(-0.072*(v - 5)))*(1 - s) - 0.1*u((v + 8.9)/5)*s
  c' = ac*(1 - c) - bc*c
  q' = aq*(1 - q) - 0.001*q
}
FUNCTION u(x) { if (fabs(x) < 1e-6) { u = 1 - x/2 } else { u = x/(exp(x) - 1) } }
'''

folder = tempfile.mkdtemp()
for name, text in (('ml', ML), ('prs', SOMA), ('prd', DENDRITE)):
    open(os.path.join(folder, name + '.mod'), 'w').write(text)
# Debian keeps the makefile and the libraries of nrnivmodl where a plain call does not look for them.
home = os.path.join(folder, 'home')
os.makedirs(os.path.join(home, 'bin'))
for link, to in (('bin/nocmodl', '/usr/bin/nocmodl'), ('bin/nrnmech_makefile', '/usr/lib/nrn/nrnmech_makefile'), ('lib', '/usr/lib/nrn'),
                 ('include', '/usr/include'), ('share', '/usr/share')):
    os.symlink(to, os.path.join(home, link))
subprocess.run(['nrnivmodl'], cwd=folder, check=True, stdout=sys.stderr,
               env={**os.environ, **({'NRNHOME': home} if os.path.exists('/usr/lib/nrn/nrnmech_makefile') else {})})
os.chdir(folder)
from neuron import h
library = os.path.join(folder, 'x86_64', 'libnrnmech.so')
if not hasattr(h, 'ml'):
    h.nrn_load_dll(library)

cvode = h.CVode()
cvode.active(1)
cvode.atol(1e-10)
cvode.rtol(1e-10)
cvode.condition_order(2)
h.usetable_hh = 0
SIDE = math.sqrt(1000/math.pi)

def section(name, capacity):
    s = h.Section(name=name)
    s.L = s.diam = SIDE
    s.cm = capacity
    return s

def run(model, preset, of, density, v, threshold, milliseconds, start=lambda: None):
    clamp = h.IClamp(of(0.5))
    clamp.delay, clamp.dur = 0, 1e9
    clamp.amp = density*1e-3*of(0.5).area()*1e-8*1e6
    spikes = h.Vector()
    detector = h.NetCon(of(0.5)._ref_v, None, sec=of)
    detector.threshold = threshold
    detector.record(spikes)
    h.finitialize(v)
    start()
    cvode.re_init()
    cvode.solve(milliseconds)
    print('%s,%s,%g,%s' % (model, preset, milliseconds, ' '.join('%.4f' % t for t in spikes)), flush=True)

print('model,preset,milliseconds,times_ms')
cell = section('axon', 1)
cell.insert('hh')
cell.el_hh, cell.ena, cell.ek = -54.387, 50, -77
h.celsius = 6.3
def gates():
    cell(0.5).hh.m, cell(0.5).hh.h, cell(0.5).hh.n = .0529, .5961, .3177
for preset, I in (('resting', 0), ('firing', 10)):
    run('hodgkin-huxley', preset, cell, I, -65, 0, 100, gates)

cell = section('fibre', 20)
cell.insert('ml')
for preset, I, gca, v3, v4, phi in (('hopf-resting', 60, 4.4, 2, 30, .04), ('hopf-firing', 100, 4.4, 2, 30, .04),
        ('snic-resting', 35, 4, 12, 17.4, .0667), ('snic-firing', 45, 4, 12, 17.4, .0667)):
    cell.gca_ml, cell.v3_ml, cell.v4_ml, cell.phi_ml = gca*1e-3, v3, v4, phi
    run('morris-lecar', preset, cell, I, -60.9, 0, 400)

soma, dendrite = section('soma', 3), section('dendrite', 3)
soma.insert('prs')
dendrite.insert('prd')
dendrite.connect(soma(1))
# 2.1 mS/cm2 over the half of the membrane that is soma couple the two middles.
area = soma(0.5).area()*1e-8
resistance = 1/(2.1e-3/0.5*area)
soma.Ra = dendrite.Ra = resistance*(math.pi*(SIDE*1e-4)**2/4)/(SIDE*1e-4)
for preset, I, na, kahp, ca in (('resting', 0, 1, 1, 1), ('bursting', .75, 1, 1, 1), ('tonic', 2.5, 1, 1, 1), ('ttx', .75, 1/11, 1, 1),
        ('apamin', .75, 1, 1/5, 1), ('cadmium', .75, 1, 1, 1/21)):
    soma.gna_prs, dendrite.gkahp_prd, dendrite.gca_prd = .03*na, .0008*kahp, .01*ca
    run('pinsky-rinzel', preset, soma, I/0.5, -60, -25, 200)
