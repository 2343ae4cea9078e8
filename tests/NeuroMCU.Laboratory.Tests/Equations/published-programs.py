# Figures of programs of their own for what Brian2 and NEURON do not have: the twenty behaviours of Izhikevich (2004) with the inputs of his
# program and with others, memory channels under waveforms, triplets of spikes (Pfister and Gerstner 2006), and use and recovery of a
# synapse (Tsodyks, Pawelzik and Markram 1998). Written from the papers, not from the texts. No packages: python3 published-programs.py >
# published-programs.csv. A line is: what it is, the network, what is asked, the answers; `~` is the end of a line of the network.
import math

print('name|network|asked|answers')


def line(name, network, asked, answers):
    print('|'.join([name, network.strip().replace('\n', '~'), asked, answers]))


# Forward Euler of 0.1 ms, both right-hand sides from the old values, a spike at the end of the step.
def izhikevich(p, pieces, ms):
    a, b, c, d, v = p[:5]
    more = dict(zip(('k1', 'k0', 'r', 'v0', 'u', 'I'), (5, 140, 1, 0, None, 0)))
    more.update(p[5])
    u = b * v if more['u'] is None else more['u']
    times = []
    for n in range(10 * ms):
        t = n / 10
        I = more['I'] + sum(x + s * (t - t0) for t0, t1, x, s in pieces if t0 - 1e-9 <= t < t1 - 1e-9)
        v, u = (v + 0.1 * (0.04 * v * v + more['k1'] * v + more['k0'] - u + I),
                u + 0.1 * a * (b * (v - more['v0']) - more['r'] * u))
        if v >= 30:
            times.append(100 * (n + 1))
            v, u = c, u + d
    return ' '.join(map(str, times))


END = 1e9
integrates = {'k1': 4.1, 'k0': 108}
panels = [  # a, b, c, d, v at the start; pieces of the input: from, to, value, slope
    ('tonic-spiking', (.02, .2, -65, 6, -70, {}), 100, [(10, END, 14, 0)]),
    ('phasic-spiking', (.02, .25, -65, 6, -64, {}), 200, [(20, END, .5, 0)]),
    ('tonic-bursting', (.02, .2, -50, 2, -70, {}), 220, [(22, END, 15, 0)]),
    ('phasic-bursting', (.02, .25, -55, .05, -64, {}), 200, [(20, END, .6, 0)]),
    ('mixed-mode', (.02, .2, -55, 4, -70, {}), 160, [(16, END, 10, 0)]),
    ('spike-frequency-adaptation', (.01, .2, -65, 8, -70, {}), 85, [(8.5, END, 30, 0)]),
    ('class-1', (.02, -.1, -55, 6, -60, integrates), 300, [(30, 300, 0, .075)]),
    # Later its neighbours part over the last bit of a double.
    ('class-2', (.2, .26, -65, 0, -64, {'I': -.5}), 250, [(30, 300, 0, .015)]),
    ('spike-latency', (.02, .2, -65, 6, -70, {}), 100, [(10, 13, 7.04, 0)]),
    ('subthreshold-oscillations', (.05, .26, -60, 0, -62, {}), 200, [(20, 25, 2, 0)]),
    ('frequency-preference', (.1, .26, -60, -1, -62, {}), 400, [(40, 44, .65, 0), (60, 64, .65, 0), (280, 284, .65, 0), (320, 324, .65, 0)]),
    ('integrator', (.02, -.1, -55, 6, -60, integrates), 100, [(9.1, 11.1, 9, 0), (14.1, 16.1, 9, 0), (70, 72, 9, 0), (80, 82, 9, 0)]),
    ('rebound-spike', (.03, .25, -60, 4, -64, {}), 200, [(20, 25, -15, 0)]),
    ('rebound-burst', (.03, .25, -52, 0, -64, {}), 200, [(20, 25, -15, 0)]),
    ('threshold-variability', (.03, .25, -60, 4, -64, {}), 100, [(10, 15, 1, 0), (70, 75, -6, 0), (80, 85, 1, 0)]),
    ('bistability', (.1, .26, -60, 0, -61, {'I': .24}), 300, [(37.5, 42.5, 1, 0), (208, 213, 1, 0)]),
    ('depolarizing-afterpotential', (1, .2, -60, -18, -70, {}), 50, [(9, 11, 20, 0)]),
    ('accommodation', (.02, 1, -55, 4, -65, {'r': 0, 'v0': -65, 'u': -16}), 400, [(0, 200, 0, .04), (300, 312.5, 0, .32)]),
    ('inhibition-induced-spiking', (-.02, -1, -60, 8, -63.8, {'I': 80}), 350, [(50, 250, -5, 0)]),
    ('inhibition-induced-bursting', (-.026, -1, -45, 0, -63.8, {'I': 80}), 350, [(50, 250, -5, 0)]),
]
for preset, p, ms, published in panels:
    for scale in (1, .85, 1.2):
        pieces = [(t0, t1, scale * x, scale * s) for t0, t1, x, s in published]
        text = f'step: 100 us\nduration: {ms} ms\npopulations:\n  cell: {{model: MODEL izhikevich, size: 1, preset: {preset}}}\ninputs:\n'
        for t0, t1, x, s in pieces:
            t1 = min(t1, ms)
            text += f'  - {{to: cell, step: {{amplitude: {x:.6g} mV, start: {t0} ms, stop: {t1} ms}}}}\n' if s == 0 else \
                f'  - {{to: cell, ramp: {{amplitude: {s * (t1 - t0):.6g} mV, start: {t0} ms, stop: {t1} ms}}}}\n' \
                f'  - {{to: cell, step: {{amplitude: {-s * (t1 - t0):.6g} mV, start: {t1} ms}}}}\n'
        line(f'{preset} {scale}', text, 'spikes', izhikevich(p, pieces, ms))


# A step has the value that the waveform has at its beginning.
def course(waves, t):
    v = 0
    for shape, a, start, period, width, count in waves:
        n, phase = divmod(round(1e6 * (t - start)), round(1e6 * period))
        if t < start - 1e-9:
            continue
        if shape == 'pulses' and n < count and phase < round(1e6 * width):
            v += a
        elif shape == 'triangle':
            x = phase / round(1e6 * period)
            v += a * (4 * x if x < .25 else 2 - 4 * x if x < .75 else 4 * x - 4)
    return v


def memory(model, waves, step, seconds):
    text = f'step: {round(1e6 * step)} us\nduration: {round(1e3 * seconds)} ms\npopulations:\n  cell: {{model: {model}, size: 1}}\ninputs:\n'
    for shape, a, start, period, width, count in waves:
        text += f'  - {{to: cell, {shape}: {{amplitude: {a} V, period: {round(1e6 * period)} us, start: {round(1e6 * start)} us' \
            + (f', width: {round(1e6 * width)} us, count: {count}' if shape == 'pulses' else '') + '}}\n'
    return text + 'record: {traces: [{population: cell, every: EVERY, quantity: QUANTITY}]}\n'


def asked(text, name, quantity, every_ms, values, within):
    line(name, text.replace('EVERY', f'{every_ms} ms').replace('QUANTITY', quantity), f'trace {within}',
         ' '.join(f'{v:.7g}' for v in values))


# The charge that passes while a channel is off or on switches it; what passes the other way does not count.
for ratio, off, q_th, q_r, waves in [
        (12, .8, .35, 2.2, [('triangle', 1.1, .5, 4, 0, 0)]),
        (47, 2.1, 1.7, 9, [('pulses', .9, .2, 1.3, .5, 4), ('pulses', -.7, 6.1, .9, .4, 3), ('pulses', .15, 9, .3, .1, 2)]),
        (60, .3, .12, 30, [('triangle', .6, .1, 1.7, 0, 0), ('pulses', -.4, 5, 2, 1, 2)])]:
    h, on, q, values = 1e-3, False, 0, []
    for n in range(12001):
        if n % 100 == 0:
            values.append(off * (ratio if on else 1))
        q += h * off * (ratio if on else 1) * course(waves, n * h)
        q = min(q, 0) if on else max(q, 0)
        if (q <= -q_r) if on else (q >= q_th):
            on, q = not on, 0
    text = memory(f'asymmetric-channel, ratio: {ratio}, G_off: {off} nS, Q_th: {q_th} nC, Q_r: {q_r} nC', waves, h, 12)
    asked(text, f'asymmetric {ratio}', 'G', 100, values, 1e-6)

# A pulse of V_p and t_p goes a share of the way that is left; between V_t and V_p in proportion.
for up, down, v_p, v_t, t_p, waves in [
        (.03, .05, 4, 1, 1e-4, [('pulses', 4, 0, 1e-3, 1e-4, 37), ('pulses', -4, .05, 1e-3, 1e-4, 23)]),
        (.12, .3, 2.5, .6, 1e-3, [('triangle', 2.2, .01, .05, 0, 0)]),
        (.25, .02, 3.3, 1.3, 1e-2, [('pulses', 2.7, .003, .02, .007, 3), ('pulses', -3.1, .07, .01, .004, 2)])]:
    h, R, values = 1e-4, 4, []
    for n in range(1001):
        if n % 50 == 0:
            values.append(R)
        V = course(waves, n * h)
        share, end = (up, 9) if V > 0 else (down, 4)
        R = end + (R - end) * (1 - share) ** (h / t_p * max(abs(V) - v_t, 0) / (v_p - v_t))
    text = memory(f'tiox-memristor, up: {up}, down: {down}, V_p: {v_p} V, V_t: {v_t} V, t_p: {1e6 * t_p:.0f} us', waves, h, .1)
    asked(text, f'tiox {up}', 'R', 5, values, 1e-6)

# The law of the page in steps of 2 us, so that what is left is the step of the network.
for r_0, v_i, tau, kappa, waves, within in [
        (.5, .6, .1, 4, [('pulses', .9, .02, .1, .03, 4)], 1e-3), (1.5, .8, .05, 15, [('triangle', 1.1, .1, .4, 0, 0)], 1e-3),
        (1, .7, .1, 9, [('pulses', 3.4, .0102, 10, .0043, 1), ('pulses', -2.1, .1, .06, .0004, 5), ('pulses', 1.8, .45, .05, .0007, 3)],
         1e-3)]:
    h, w, s, formed, values = 2e-6, 0, 0, False, []
    for n in range(300001):
        if n % 5000 == 0:
            values.append(w)
        V = course(waves, (n - n % 50) * h)
        formed = formed or V >= 3
        rate = -math.log(1 - .16) / 1e-4 * max(abs(V) - 1.2, 0) / .8 if formed else r_0 * math.sinh(abs(V) / v_i)
        fall = (rate if V < 0 else 0) + (0 if formed else 1 / (tau * (1 + kappa * s)))
        rise = rate if V > 0 else 0
        w += -math.expm1(-h * (rise + fall)) * (rise / (rise + fall) - w) if rise + fall > 0 else 0
        s += -math.expm1(-h / 1) * ((V > .1) - s)
    text = memory(f'lithium-tiox, r_0: {r_0} 1/s, V_i: {v_i} V, tau_0: {1e3 * tau:.0f} ms, kappa: {kappa}', waves, 1e-4, .6)
    asked(text, f'lithium {r_0}', 'w', 10, values, within)


def spikes(times):
    return '[' + ', '.join(f'[0, {t - 1} ms]' for t in times) + ']'


def pair(rule, pre, post):
    return f'''duration: 1000 ms
populations:
  source: {{model: input, size: 1}}
  teacher: {{model: input, size: 1}}
  cell: {{model: lif, size: 1, tau: 5 ms, threshold: 1}}
projections:
  - {{from: teacher, to: cell, connect: all-to-all, weight: 3, delay: 1 ms}}
  - {{name: learned, from: source, to: cell, connect: all-to-all, weight: 0.005, weight_limit: 0.01, delay: 1 ms, learning: {rule}}}
inputs:
  - {{to: source, spikes: {spikes(pre)}}}
  - {{to: teacher, spikes: {spikes(post)}}}
record: {{weights: [{{projection: learned, every: 50 ms}}]}}
'''


# All pairs and triplets, traces before they are raised: Pfister and Gerstner, equations 3 and 4.
pre = [23, 31, 77, 118, 119, 246, 303, 340, 402, 511, 517, 640, 733, 802, 811, 907]
post = [26, 60, 81, 121, 200, 239, 244, 310, 418, 420, 500, 523, 655, 700, 806, 820, 930]
for a2p, a3p, a2m, a3m, tp, tx, tm, ty in [(0, .0065, .0071, 0, 16.8, 101, 33.7, 114), (.0053, .008, .0035, 0, 16.8, 101, 33.7, 40),
                                          (.004, .012, .006, .009, 25, 60, 20, 90)]:
    w, values = .5, []
    decays = lambda since, until, tau: math.exp(-(until - since) / tau)
    for t in range(1001):
        if t in pre:
            r2 = sum(decays(x, t, tx) for x in pre if x < t)
            w -= sum(decays(x, t, tm) for x in post if x < t) * (a2m + a3m * r2)
        if t in post:
            o2 = sum(decays(x, t, ty) for x in post if x < t)
            w += sum(decays(x, t, tp) for x in pre if x < t) * (a2p + a3p * o2)
        if t % 50 == 0:
            values.append(.01 * w)
    rule = f'{{rule: triplet-stdp, A2_plus: {a2p}, A3_plus: {a3p}, A2_minus: {a2m}, A3_minus: {a3m}, tau_plus: {tp} ms, tau_x: {tx} ms, ' \
        f'tau_minus: {tm} ms, tau_y: {ty} ms}}'
    line(f'triplet {a3p}', pair(rule, pre, post), 'trace 1e-8', ' '.join(f'{v:.9g}' for v in values))

# Use u and resource R just before and after each spike: Tsodyks, Pawelzik and Markram, equations 1 to 3.
for U, facil, rec in [(.5, 10, 800), (.05, 1000, 100), (.31, 150, 420)]:
    u, R, last, V, values = 0, 1, -1e9, 0, []
    for t in range(1001):
        V *= math.exp(-.2)
        if t in pre:
            u *= math.exp(-(t - last) / facil)
            R = 1 - (1 - R) * math.exp(-(t - last) / rec)
            last = t
            u += U * (1 - u)
            V += .9 * u * R
            R -= u * R
        if t % 10 == 0:
            values.append(V)
    line(f'short-term {U}', f'''step: 100 us
duration: 1000 ms
populations:
  source: {{model: input, size: 1}}
  cell: {{model: lif, size: 1, tau: 5 ms, threshold: 10}}
projections:
  - {{from: source, to: cell, connect: all-to-all, weight: 0.9, weight_limit: 0.9, delay: 1 ms, learning: {{rule: short-term, U: {U}, tau_facil: {facil} ms, tau_rec: {rec} ms}}}}
inputs:
  - {{to: source, spikes: {spikes(pre)}}}
record: {{traces: [{{population: cell, every: 10 ms}}]}}
''', 'trace 1e-6', ' '.join(f'{v:.9g}' for v in values))
