//! What each method computes, as the programs write it.

/// A method's part of the program.
pub(super) struct Program {
    /// The methods that it is for.
    pub ids: &'static [&'static str],
    pub kind: Kind,
    /// What the parameters are called in the blocks.
    pub parameters: &'static [&'static str],
    /// What another library has of it.
    pub peer: &'static str,
    pub blocks: &'static [&'static str],
}

/// Iterations by which the search restores in the end.
pub(super) const SEARCH_ITERATIONS: usize = 12;

/// What the blocks of a program make.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The `gain` of a filter.
    Filter,
    /// The steps of an iteration, `iterate`.
    Iteration,
    /// Likewise, with the blur that a search found and the settings that it restores by.
    Search,
}

const FILTER: Program = Program { ids: &[], kind: Kind::Filter, parameters: &["gamma"], peer: "", blocks: &[] };
const ITERATION: Program = Program { kind: Kind::Iteration, ..FILTER };
const RICHARDSON_LUCY: Program = Program { parameters: &["background"], ..ITERATION };

pub(super) static PROGRAMS: &[Program] = &[
    Program { ids: &["inverse"], parameters: &[], blocks: &["\ngain = over(H2)\n"], ..FILTER },
    Program {
        ids: &["truncated"],
        parameters: &["epsilon"],
        blocks: &["\ngain = np.where(H2 >= epsilon**2, over(H2), 0)\n"],
        ..FILTER
    },
    Program {
        ids: &["tikhonov"],
        peer: "scikit-image, for a picture that repeats: restoration.wiener(observed, psf, gamma, reg=np.ones((1, 1)), \
               clip=False)",
        blocks: &["\ngain = over(H2 + gamma)\n"],
        ..FILTER
    },
    Program {
        ids: &["regularised"],
        peer: "scikit-image, for a picture that repeats: restoration.wiener(observed, psf, gamma, clip=False)",
        blocks: &["\ngain = over(H2 + gamma * P2)\n"],
        ..FILTER
    },
    Program {
        ids: &["wiener"],
        parameters: &["ratio"],
        peer: "scikit-image finds ratio and spectrum by itself: restoration.unsupervised_wiener(observed, psf)",
        blocks: &["\ngain = over(H2 + ratio * (P2 > 0))  # the mean is no matter of chance\n"],
        ..FILTER
    },
    Program {
        ids: &["wiener-power"],
        parameters: &["ratio", "alpha"],
        peer: "scikit-image finds ratio and spectrum by itself: restoration.unsupervised_wiener(observed, psf)",
        blocks: &[POWER_LAW],
        ..FILTER
    },
    Program { ids: &["landweber"], parameters: &["tau"], blocks: &[LANDWEBER], ..ITERATION },
    Program {
        ids: &["richardson-lucy"],
        peer: "scikit-image begins with 0.5, takes the outside for black and has no background: \
               restoration.richardson_lucy(observed, psf, iterations, clip=False)",
        blocks: &[LUCY, LUCY_PLAIN],
        ..RICHARDSON_LUCY
    },
    Program { ids: &["rl-accelerated"], blocks: &[LUCY, LUCY_ACCELERATED], ..RICHARDSON_LUCY },
    Program {
        ids: &["rl-damped"],
        parameters: &["threshold", "background"],
        blocks: &[LUCY, LUCY_DAMPED],
        ..ITERATION
    },
    Program { ids: &["rl-tv"], parameters: &["weight", "background"], blocks: &[LUCY, LUCY_TV], ..ITERATION },
    Program {
        ids: &["tv"],
        parameters: &["mu"],
        peer: "scikit-image has the same penalty without a blur: restoration.denoise_tv_chambolle(observed)",
        blocks: &[TV],
        ..ITERATION
    },
    Program { ids: &["wavelet"], parameters: &["mu"], blocks: &[HAAR, WAVELET], ..ITERATION },
    Program { ids: &["ista"], parameters: &["mu"], blocks: &["\naccelerated = False\n", HAAR, SHRINKAGE], ..ITERATION },
    Program { ids: &["fista"], parameters: &["mu"], blocks: &["\naccelerated = True\n", HAAR, SHRINKAGE], ..ITERATION },
    Program {
        ids: &["pnp"],
        parameters: &["assumed", "weight", "group"],
        blocks: &[
            "\nmu = min(10.2 * assumed**2, 10)  # 0.04 * 255 times the variance\n",
            TV,
            FILLING,
            SLIDING_DCT,
            GROUPED,
            PLUG_AND_PLAY,
        ],
        ..ITERATION
    },
    Program {
        ids: &["blind-rl"],
        parameters: &["trust", "picture_steps", "blur_steps"],
        blocks: &["\nbackground = 0\n", LUCY, LUCY_BLIND],
        ..ITERATION
    },
    Program {
        ids: &["blind-search"],
        kind: Kind::Search,
        parameters: &[],
        blocks: &["\nbackground = 0\n", LUCY, LUCY_ACCELERATED],
        ..FILTER
    },
];

const POWER_LAW: &str = r#"
# 1/S_f at each frequency, scaled so that the mean of S_f over all frequencies but rest is 1.
y, x = (np.fft.fftfreq(side) for side in full)
if full != size and even:
    y, x = (np.arange(side) / (2 * side) for side in size)  # those of the cosines
fall = (4 * np.sin(np.pi * y[:, None]) ** 2 + 4 * np.sin(np.pi * x) ** 2) ** (alpha / 2)
gain = over(H2 + ratio * (1 / fall[fall > 0]).mean() * D2 ** (alpha / 2))
"#;

const LANDWEBER: &str = r#"

def iterate(g, M, u):
    positive = (lambda u: np.maximum(u, 0)) if non_negative else (lambda u: u)
    u = positive(u)
    yield u, None
    while True:
        misfit = M * (g - back(H * forth(u)))
        u = positive(u + tau / H2.max() * back(np.conj(H) * forth(misfit)))
        yield u, np.sqrt((misfit**2).sum() / M.sum())
"#;

const LUCY: &str = r#"

def blurred_back(a, H=H):
    return back(np.conj(H) * forth(a))


def positive(u):
    return np.where(u > 1e-20, u, 0)


def first(g, M, u):
    """The start, kept above 0: what is 0 stays 0 whatever the data say."""
    least = 1e-3 * mean(np.maximum(g, 0), M)
    return np.maximum(u - (background if flat else 0), least)


def compared(g, M, u, H=H):
    """g/(Hu + b), the model, and the root of the mean squared residual."""
    plain = back(H * forth(u)) + background
    model = np.maximum(plain, max(1e-6 * mean(np.maximum(g, 0), M), 1e-20))
    return np.maximum(g, 0) / model, model, np.sqrt((M * (plain - g) ** 2).sum() / M.sum())


def shares(M, H=H):
    return inverted(blurred_back(M, H))


def inverted(seen):
    """1/(H^T M), where the known pixels see a pixel of the scene at all."""
    return np.where(seen > 1e-3 * seen.max(), 1 / np.maximum(seen, 1e-30), 0)


def multiplied(u, share, factor):
    return np.where(share > 0, positive(u * share * factor), u)
"#;

const LUCY_PLAIN: &str = r#"

def iterate(g, M, u):
    u, share = first(g, M, u), shares(M)
    yield u, None
    while True:
        ratio, _, residual = compared(g, M, u)
        u = multiplied(u, share, blurred_back(M * ratio))
        yield u, residual
"#;

const LUCY_ACCELERATED: &str = r#"

def iterate(g, M, u):
    u, share = first(g, M, u), shares(M)
    ahead, correction = u, np.zeros(full)
    yield u, None
    while True:
        ratio, _, residual = compared(g, M, ahead)
        before, u = u, multiplied(ahead, share, blurred_back(M * ratio))
        last, correction = correction, u - ahead
        length = (last**2).sum()
        alpha = np.clip((correction * last).sum() / length, 0, 1) if length > 0 else 0
        ahead = positive(u + alpha * (u - before))
        yield u, residual
"#;

const LUCY_DAMPED: &str = r#"

def iterate(g, M, u):
    u, share = first(g, M, u), shares(M)
    yield u, None
    while True:
        ratio, model, residual = compared(g, M, u)
        if threshold * sigma > 0:
            # Differences within some standard deviations of the noise count for little.
            part = np.minimum((np.maximum(g, 0) - model) ** 2 / (threshold * sigma) ** 2, 1)
            ratio = 1 + part**9 * (10 - 9 * part) * (ratio - 1)
        u = multiplied(u, share, blurred_back(M * ratio))
        yield u, residual
"#;

const LUCY_TV: &str = r#"

def iterate(g, M, u):
    u, share = first(g, M, u), shares(M)
    smooth = max(1e-3 * mean(np.maximum(g, 0), M), 1e-12)  # flat regions have no direction
    yield u, None
    while True:
        ratio, _, residual = compared(g, M, u)
        across, down = np.roll(u, -1, 1) - u, np.roll(u, -1, 0) - u
        length = np.sqrt(across**2 + down**2 + smooth**2)
        across, down = across / length, down / length
        divergence = across - np.roll(across, 1, 1) + down - np.roll(down, 1, 0)
        u = multiplied(u, share / np.maximum(1 - weight * share * divergence, 0.1), blurred_back(M * ratio))
        yield u, residual
"#;

const TV: &str = r#"

def iterate(g, M, u, non_negative=non_negative):
    """min 1/2 |M(Hu - g)|^2 + mu sum |grad u|, by splitting off d = grad u and, where wanted, w = u >= 0."""
    cut = 8 / 255
    rho = mu / cut
    split = 1 if M.all() else 0.05  # where not all is known, v = Hu is split off too (Almeida, Figueiredo, 2013)
    divisor = over(split * H2 + rho * D2 + rho * non_negative)
    x = forth(g)
    b, c, e = np.zeros((2, *full)), np.zeros(full), 0
    yield u, None
    while True:
        # With v = grad u + b, shrinking v makes d, and what it takes off is the next b.
        v = np.stack([np.roll(u, -1, 0) - u, np.roll(u, -1, 1) - u]) + b
        b = v * (cut / np.maximum(np.sqrt((v**2).sum(axis=0)), cut))
        y, z = v - 2 * b
        pull = np.roll(y, 1, 0) - y + np.roll(z, 1, 1) - z
        if non_negative:
            pull, c = pull + np.abs(u + c), np.minimum(u + c, 0)
        U = divisor * (split * np.conj(H) * x + forth(rho * pull))
        u, blurred = back(U), back(H * U)
        misfit = M * (blurred - g)
        if split < 1:
            s = blurred + e
            e = M * (s - g) / (1 + split)
            x = forth(s - 2 * e)
        yield u, np.sqrt((misfit**2).sum() / M.sum())
"#;

const HAAR: &str = r#"

def apart(u):
    """The undecimated Haar frame: differences to the right, downwards and across at four scales, and what is left."""
    bands = []
    for step in (1, 2, 4, 8):

        def pair(a, axis):
            shifted = np.roll(a, -step, axis)
            return (a + shifted) / 2, (a - shifted) / 2

        low, high = pair(u, 0)
        (u, right), (down, across) = pair(low, 1), pair(high, 1)
        bands += [right, down, across]
    return np.stack([*bands, u])


def together(c):
    """The adjoint, which is the inverse too."""
    u = c[-1]
    for level in (3, 2, 1, 0):

        def pair(sums, differences, axis):
            shifted = [np.roll(a, 2**level, axis) for a in (sums, differences)]
            return (sums + shifted[0] + differences - shifted[1]) / 2

        right, down, across = c[3 * level : 3 * level + 3]
        u = pair(pair(u, right, 1), pair(down, across, 1), 0)
    return u


scales = np.append(np.repeat(0.5 ** np.arange(4), 3), 0)[:, None, None]  # what is left is not held back
"#;

const WAVELET: &str = r#"

def iterate(g, M, u):
    """min 1/2 |M(Hu - g)|^2 + mu sum scale |Wu|, by splitting off d = Wu and, where wanted, w = u >= 0."""
    cut = 4 / 255
    rho = mu / cut
    split = 1 if M.all() else 0.05  # where not all is known, v = Hu is split off too (Almeida, Figueiredo, 2013)
    divisor = over(split * H2 + rho * (1 + non_negative))
    x = forth(g)
    b, c, e = 0, np.zeros(full), 0
    yield u, None
    while True:
        # With v = Wu + b, shrinking v makes d, and what it takes off is the next b.
        v = apart(u) + b
        b = np.clip(v, -cut * scales, cut * scales)
        pull = together(v - 2 * b)
        if non_negative:
            pull, c = pull + np.abs(u + c), np.minimum(u + c, 0)
        U = divisor * (split * np.conj(H) * x + forth(rho * pull))
        u, blurred = back(U), back(H * U)
        misfit = M * (blurred - g)
        if split < 1:
            s = blurred + e
            e = M * (s - g) / (1 + split)
            x = forth(s - 2 * e)
        yield u, np.sqrt((misfit**2).sum() / M.sum())
"#;

const SHRINKAGE: &str = r#"

def iterate(g, M, u):
    """min 1/2 |M(HW'c - g)|^2 + mu sum scale |c|: a step down the slope, then all coefficients nearer to 0."""
    c = before = apart(u)
    stride = 1 / H2.max()
    cut = mu * stride * scales
    t, momentum = 1, 0
    yield u, None
    while True:
        ahead = c + momentum * (c - before)
        slope = np.conj(H) * forth(M * (back(H * forth(together(ahead))) - g))
        v = ahead - stride * apart(back(slope))
        before, c = c, v - np.clip(v, -cut, cut)
        u = together(c)
        if accelerated:
            last, t = t, (1 + np.sqrt(1 + 4 * t**2)) / 2
            momentum = (last - 1) / t
        yield u, np.sqrt((M * (back(H * forth(u)) - g) ** 2).sum() / M.sum())
"#;

const LUCY_BLIND: &str = r#"

def iterate(g, M, u):
    """Steps for the picture with the blur held, and for the blur with the picture held."""
    u = first(g, M, u)
    bell = [np.exp(-(((np.arange(side) - side // 2) / max(side / 4, 0.5)) ** 2) / 2) for side in psf.shape]
    bell = np.outer(*bell) / np.outer(*bell).sum()
    guess = positive(psf) / positive(psf).sum()
    part = min(trust, 0.98)  # a weight of 0 would stay 0 whatever the data say
    blur = part * guess + (1 - part) * bell
    blur /= blur.sum()
    support = np.ix_(*((np.arange(k) - k // 2) % side for k, side in zip(psf.shape, full)))
    yield u, None
    while True:
        H, moved, residual = otf(full, blur), 0, 0
        share = shares(M, H)
        for step in range(int(picture_steps)):
            ratio, _, misfit = compared(g, M, u, H)
            residual = residual if step else misfit
            before, u = u, multiplied(u, share, blurred_back(M * ratio, H))
            moved += ((u - before) ** 2).sum()
        U = forth(u)
        share = inverted(blurred_back(M, U)[support])
        for _ in range(int(blur_steps)):
            ratio, _, _ = compared(g, M, u, otf(full, blur))
            blur = positive(blur * blurred_back(M * ratio, U)[support] * share)
            blur = blur / blur.sum() if blur.sum() > 0 else np.full(blur.shape, 1 / blur.size)
        yield u, residual, np.sqrt(moved / max((u**2).sum(), 1e-30))
"#;

const FILLING: &str = r#"

def filled_in(g, M, u, steps=iterate):
    """What 40 steps of total variation would be seen as, where pixels are unknown."""
    run = steps(g, M, u, False)
    for _ in range(41):
        u, _ = next(run)
    return np.where(M > 0, g, back(H * forth(u)))
"#;

const SLIDING_DCT: &str = r#"

def denoise(z, sigma):
    """Patches of 8 x 8 every 2 pixels: small coefficients of their cosine transform are noise (Yaroslavsky, 1996)."""
    bases, tops = [], []
    for side in z.shape:
        n = np.arange(8 if side > 1 else 1)
        base = np.cos(np.pi * (2 * n + 1) * n[:, None] / 16) * np.sqrt(2 / 8)
        base[0] = np.sqrt(1 / len(n))
        bases.append(base)
        tops.append(np.arange(0, side, 2))
    down, along = bases
    places = [
        (i, j, np.ix_((tops[0] + i) % z.shape[0], (tops[1] + j) % z.shape[1]))
        for i in range(len(down))
        for j in range(len(along))
    ]
    patches = np.empty((len(tops[0]), len(tops[1]), len(down), len(along)))
    for i, j, place in places:
        patches[..., i, j] = z[place]
    patches = down @ patches @ along.T
    patches[np.abs(patches) < 2.7 * sigma] = 0
    weights = 1 / np.maximum(np.count_nonzero(patches, axis=(2, 3)), 1)
    patches = down.T @ patches @ along
    total, sums = np.zeros(z.shape), np.zeros(z.shape)
    for i, j, place in places:
        total[place] += weights * patches[..., i, j]
        sums[place] += weights
    return total / sums
"#;

const GROUPED: &str = r#"

def alike(guide, count):
    """For each fourth patch of 8 x 8 the places of the patches within 10 pixels that are most like it, row by row."""
    offsets = np.mgrid[-10:11, -10:11].reshape(2, -1).T
    distances = []
    for offset in offsets:
        d = (guide - np.roll(guide, -offset, (0, 1))) ** 2
        for axis in (0, 1):
            d = sum(np.roll(d, -i, axis) for i in range(8))
        distances.append(d[::4, ::4] if offset.any() else d[::4, ::4] - 1)  # the patch itself comes first
    nearest = offsets[np.argsort(distances, axis=0, kind="stable")[:count]]
    tops = np.indices(distances[0].shape).transpose(1, 2, 0) * 4 + nearest
    steps = np.indices((8, 8))
    y, x = ((tops[..., a, None, None] + steps[a]) % guide.shape[a] for a in (0, 1))
    return [(y[:, row], x[:, row]) for row in range(y.shape[1])]


def denoise_groups(z, sigma, groups):
    """The same patches of all members are transformed together, first to drop what is small, then to weigh it by what
    was left (Dabov, Foi, Katkovnik, Egiazarian, 2007)."""
    n = np.arange(8)
    base = np.cos(np.pi * (2 * n + 1) * n[:, None] / 16) / 2
    base[0] = np.sqrt(1 / 8)
    across = np.ones((1, 1))
    while len(across) < len(groups[0][0]):
        across = np.block([[across, across], [across, -across]]) / np.sqrt(2)
    side = [0.43868, 0.68132, 0.87684, 0.98582]
    middle = np.outer(side + side[::-1], side + side[::-1])  # patches are best in their middles
    clean = None
    for _ in range(2):
        total, sums = np.zeros(z.shape), np.zeros(z.shape)
        for place in groups:
            c = np.tensordot(across, base @ z[place] @ base.T, 1)
            if clean is None:
                gain = (np.abs(c) >= 2.7 * sigma).astype(float)
            else:
                power = np.tensordot(across, base @ clean[place] @ base.T, 1) ** 2
                gain = power / (power + sigma**2)
            heavy = middle / np.maximum((gain**2).sum(axis=(0, 2, 3)), 1)[:, None, None]
            np.add.at(total, place, heavy * (base.T @ np.tensordot(across, gain * c, 1) @ base))
            np.add.at(sums, place, heavy)
        clean = total / sums
    return clean
"#;

const PLUG_AND_PLAY: &str = r#"

def iterate(g, M, u):
    """In turn the picture that explains the data and is near u, and u, that picture without its noise."""
    last = max(assumed, 0.8 / 255)
    sigmas = np.geomspace(max(40 / 255, last), last, iterations) if iterations > 1 else [last]
    yield u, None
    x = g if M.all() else filled_in(g, M, u)
    X = forth(x)
    for step, sigma_k in enumerate(sigmas):
        a = weight * assumed**2 / sigma_k**2
        U = forth(u)
        z = back(over(H2 + a) * (np.conj(H) * X + a * U))
        if group < 2:
            u = denoise(z, sigma_k)
        else:
            if step % 4 == 0:
                groups = alike(u if step else z, 2 ** int(np.log2(group)))
            u = denoise_groups(z, sigma_k, groups)
        if non_negative:
            u = np.maximum(u, 0)
        yield u, np.sqrt(((back(H * U) - x) ** 2).sum() / M.sum())
"#;
