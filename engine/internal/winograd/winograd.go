// Package winograd has the transforms of tiles with which a convolution of two taps a dimension
// needs fewer products: F(2×2, 2×2), F(3×3, 2×2) and mixtures of them (S. Winograd, "Arithmetic
// Complexity of Computations", 1980; A. Lavin and S. Gray, "Fast Algorithms for Convolutional
// Neural Networks", CVPR 2016). It knows no pictures and multiplies nothing.
//
// In one dimension, m outputs y of taps g come from m+1 data d by m+1 products: y = Aᵀ[(G·g) ⊙
// (Bᵀ·d)]. What a point multiplies with depends on its kind only, which segments of two and of
// three outputs share: kind 0 is g₀, kind 1 is g₀+g₁, kind 2 is g₁ and kind 3 is g₀−g₁. All factors
// are 0, ±1 and ±½, so that nothing is rounded but sums.
package winograd

//go:generate go run ./asm -dir .
//go:generate go run ./asm/neon -dir .

// Kinds is the number of kinds of points in one dimension.
const Kinds = 4

// PointKinds holds, at m−2, the kinds of the points of a segment of m outputs, in order.
var PointKinds = [2][]int{{0, 1, 2}, {0, 1, 3, 2}}

// A Transform turns tiles of vectors into others: tile element i of the input is the vector at
// in[i] plus inOff bytes, of the output that at out[i] plus outOff bytes; tiles lie row by row.
// Vectors have n values, n a multiple of 8.
type Transform func(in **float32, inOff int, out **float32, outOff, n int)

// Set is one implementation of all transforms. Where there are two of each, the first index is the
// outputs of a segment, less 2, of the rows, the second that of the columns.
type Set struct {
	Name        string
	Data        [2][2]Transform // (rows+1)×(cols+1) data to as many points: Bᵀ
	DataAdjoint [2][2]Transform // adds B of points to data
	Out         [2][2]Transform // (rows+1)×(cols+1) points to rows×cols outputs: Aᵀ
	OutAdjoint  [2][2]Transform // rows×cols outputs to points: A
	// 2×2 taps to 3×3 or 4×4 kinds, and back: G and Gᵀ.
	Taps, TapsAdjoint [2]Transform
}
