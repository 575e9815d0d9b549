"""Turns the lines that a harness of peers has written into the tables of RESULTS.md.

    python3 benches/peers_table.py run.jsonl [another.jsonl ...]

Each line is a JSON object with peer, kernel, size, io, ms_min, err_in and note. Of repeated runs the best time of each
peer counts, ours as theirs; peers whose result misses the reference by more than 1e-3 are left out.
"""

import json
import statistics
import sys

NAMES = {
    "K1.conv.gray.k3": "3×3, 512² grey",
    "K1.conv.gray.k9": "9×9, 512² grey",
    "K1.conv.gray.k21": "21×21, 512² grey",
    "K1.gauss21sep.gray": "Gauss 21, 512² grey, peers know that it is separable",
    "K1.conv.rgb.k3": "3×3, 512² RGB",
    "K1.conv.rgb.k9": "9×9, 512² RGB",
    "K1.conv.rgb.k21": "21×21, 512² RGB",
    "K1.gauss21sep.rgb": "Gauss 21, 512² RGB, peers know that it is separable",
    "K5.conv2d.16-16.k3": "16 → 16 channels, 3×3, 128²",
    "K5.convT.32-16.k4s2": "transposed, 32 → 16 channels, 64² → 128², k = 4, s = 2",
    "K5.convT.1-1.k3s2": "transposed, 1 → 1, 512² → 1024², k = 3, s = 2",
    "K5.convT.1-1.k4s2": "transposed, 1 → 1, 512² → 1024², k = 4, s = 2",
    "K6.up2.linear.gray": "bilinear, 512² → 1024², grey",
    "K6.up2.linear.rgba": "bilinear, 512² → 1024², RGBA",
    "K6.up2.cubic.gray": "bicubic, 512² → 1024², grey",
    "K6.up2.cubic.rgba": "bicubic, 512² → 1024², RGBA",
    "K7.rfft2/512": "real 2-D FFT, 512²",
    "K7.rfft2/1024": "real 2-D FFT, 1024²",
    "K3.rl30.k9": "Richardson–Lucy, 30 iterations, 9×9, 512²",
    "K3.rl30.k21": "Richardson–Lucy, 30 iterations, 21×21, 512²",
    "K4.tv_chambolle50": "total variation by Chambolle, 50 iterations, 512²",
    "K2.wiener.k9/512": "Wiener filter with cached spectra, 512²",
    "K2.wiener.k9/1024": "Wiener filter with cached spectra, 1024²",
}
OURS = "ours"


def best_times(paths):
    best = {}
    for path in paths:
        for line in open(path):
            row = json.loads(line)
            kernel = row.get("kernel")
            if kernel not in NAMES:
                kernel = f"{kernel}/{row.get('size')}"
            if "ms_min" not in row or kernel not in NAMES or (row.get("err_in") or 0) > 1e-3:
                continue
            note = row.get("note") or "" if row["peer"] == OURS else ""
            key = (kernel, row["io"], row["peer"], note)
            best[key] = min(best.get(key, row["ms_min"]), row["ms_min"])
    return best


def table(best, io):
    ratios = []
    print("| work | ours, ms | fastest peer, ms | ratio |\n| --- | --- | --- | --- |")
    for kernel, name in NAMES.items():
        peers = {peer: ms for (k, i, peer, _), ms in best.items() if (k, i) == (kernel, io) and peer != OURS}
        notes = sorted(note for k, i, peer, note in best if (k, i, peer) == (kernel, io, OURS))
        for note in notes if peers else []:
            ours = best[kernel, io, OURS, note]
            peer = min(peers, key=peers.get)
            ratios.append(peers[peer] / ours)
            remark = f", {note}" if note else ", mask separable" if len(notes) > 1 else ""
            print(f"| {name}{remark} | {ours:.2f} | {peer} {peers[peer]:.2f} | {ratios[-1]:.2f} |")
    if ratios:
        print(f"\nMedian {statistics.median(ratios):.2f}, lowest {min(ratios):.2f}, {len(ratios)} rows.\n")


best = best_times(sys.argv[1:])
print("### Arrays in, arrays out\n")
table(best, "e2e")
print("### Data stay in the peer's memory\n")
table(best, "resident")
