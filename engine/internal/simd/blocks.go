//go:build (amd64 || arm64) && !noasm

package simd

//go:generate go run ./asm/neon -dir .

// The column sums in assembly go over their rows once for every few columns, so they are given rows
// that fit the first-level cache.
const cached = 4096

func rowsThatFit(columns, inputs int) int { return max(1, cached/inputs/columns) * columns }

func sumBlocks(kernel func(acc []float64, x []float32)) func(acc []float64, x []float32) {
	return func(acc []float64, x []float32) {
		for step := rowsThatFit(len(acc), 1); len(x) > 0; {
			n := min(step, len(x))
			kernel(acc, x[:n])
			x = x[n:]
		}
	}
}

func dotBlocks(kernel func(acc []float64, a, b []float32)) func(acc []float64, a, b []float32) {
	return func(acc []float64, a, b []float32) {
		for step := rowsThatFit(len(acc), 2); len(a) > 0; {
			n := min(step, len(a))
			kernel(acc, a[:n], b[:n])
			a, b = a[n:], b[n:]
		}
	}
}

func momentsBlocks(kernel func(sum, squares []float64, x []float32)) func(sum, squares []float64, x []float32) {
	return func(sum, squares []float64, x []float32) {
		for step := rowsThatFit(len(sum), 1); len(x) > 0; {
			n := min(step, len(x))
			kernel(sum, squares, x[:n])
			x = x[n:]
		}
	}
}

func sumDotBlocks(kernel func(sum, dot []float64, a, b []float32)) func(sum, dot []float64, a, b []float32) {
	return func(sum, dot []float64, a, b []float32) {
		for step := rowsThatFit(len(sum), 2); len(a) > 0; {
			n := min(step, len(a))
			kernel(sum, dot, a[:n], b[:n])
			a, b = a[n:], b[n:]
		}
	}
}
