//go:build amd64 && !noasm

package pixels

// Kernels in assembly take whole vectors; what is left over is done in Go. They check no bounds:
// the slices are cut here so that Go does.

func narrow(dst, src []uint8, from []int32, weights []int16, quads int) {
	n := len(from)
	if n == 0 || quads < 1 {
		return
	}
	// The places do not decrease: the last one reaches furthest.
	src = src[:4*(int(from[n-1])+4*quads)]
	narrowSSE2(dst[:4*n], src, from, weights[:4*quads*n], quads)
}

func blend(dst, src []uint8, stride int, weights []int16) {
	n := len(dst) &^ 15
	if n > 0 && len(weights) > 0 {
		blendSSE2(dst[:n], src[:(len(weights)-1)*stride+n], stride, weights)
	} else {
		n = 0
	}
	if n < len(dst) {
		blendGeneric(dst[n:], src[n:], stride, weights)
	}
}

func colour(dst, y, cb, cr []uint8) {
	n := len(y) &^ 7
	if n > 0 {
		colourSSE2(dst[:4*n], y[:n], cb[:n], cr[:n])
	}
	colourGeneric(dst[4*n:], y[n:], cb[n:], cr[n:])
}

func thirds(dst []uint16, near, far []uint8) {
	n := len(near) &^ 7
	if n > 0 {
		thirdsSSE2(dst[:n], near[:n], far[:n])
	}
	thirdsGeneric(dst[n:], near[n:], far[n:])
}

func spread(dst []uint8, t []uint16) {
	n := (len(t) - 2) &^ 7
	if n > 0 {
		spreadSSE2(dst[:2*n], t[:n+2])
	}
	spreadGeneric(dst[2*n:], t[n:])
}

func inverse(dst []uint8, stride int, block *[64]int16) {
	inverseSSE2(dst[:7*stride+8], stride, block)
}
