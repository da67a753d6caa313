package winograd

import "unsafe"

// A line is a transform in one dimension.
type line struct {
	in, out int
	apply   func(x [4]float32) [4]float32
}

var (
	data = [2]line{
		{3, 3, func(d [4]float32) [4]float32 { return [4]float32{d[0] - d[1], d[1], d[2] - d[1]} }},
		{4, 4, func(d [4]float32) [4]float32 {
			return [4]float32{d[0] - d[2], 0.5 * (d[1] + d[2]), 0.5 * (d[2] - d[1]), d[3] - d[1]}
		}},
	}
	dataAdjoint = [2]line{
		{3, 3, func(v [4]float32) [4]float32 { return [4]float32{v[0], v[1] - v[0] - v[2], v[2]} }},
		{4, 4, func(v [4]float32) [4]float32 {
			s, t := 0.5*v[1], 0.5*v[2]
			return [4]float32{v[0], s - t - v[3], s + t - v[0], v[3]}
		}},
	}
	outputs = [2]line{
		{3, 2, func(p [4]float32) [4]float32 { return [4]float32{p[0] + p[1], p[1] + p[2]} }},
		{4, 3, func(p [4]float32) [4]float32 {
			s := p[1] + p[2]
			return [4]float32{p[0] + s, p[1] - p[2], s + p[3]}
		}},
	}
	outputsAdjoint = [2]line{
		{2, 3, func(y [4]float32) [4]float32 { return [4]float32{y[0], y[0] + y[1], y[1]} }},
		{3, 4, func(y [4]float32) [4]float32 {
			s := y[0] + y[2]
			return [4]float32{y[0], s + y[1], s - y[1], y[2]}
		}},
	}
	taps = [2]line{
		{2, 3, func(g [4]float32) [4]float32 { return [4]float32{g[0], g[0] + g[1], g[1]} }},
		{2, 4, func(g [4]float32) [4]float32 { return [4]float32{g[0], g[0] + g[1], g[1], g[0] - g[1]} }},
	}
	tapsAdjoint = [2]line{
		{3, 2, func(k [4]float32) [4]float32 { return [4]float32{k[0] + k[1], k[1] + k[2]} }},
		{4, 2, func(k [4]float32) [4]float32 { return [4]float32{k[0] + k[1] + k[3], k[1] + k[2] - k[3]} }},
	}
)

// Generic is the Set in plain Go.
var Generic = Set{
	Name: "generic",
	Data: pairs(data, false), DataAdjoint: pairs(dataAdjoint, true), Out: pairs(outputs, false), OutAdjoint: pairs(outputsAdjoint, false),
	Taps:        [2]Transform{plane(taps[0], taps[0], false), plane(taps[1], taps[1], false)},
	TapsAdjoint: [2]Transform{plane(tapsAdjoint[0], tapsAdjoint[0], false), plane(tapsAdjoint[1], tapsAdjoint[1], false)},
}

func pairs(l [2]line, add bool) (t [2][2]Transform) {
	for r := range l {
		for c := range l {
			t[r][c] = plane(l[r], l[c], add)
		}
	}
	return t
}

// plane returns the transform by rows down the columns and by cols along the rows.
func plane(rows, cols line, add bool) Transform {
	return func(in **float32, inOff int, out **float32, outOff, n int) {
		from, to := unsafe.Slice(in, rows.in*cols.in), unsafe.Slice(out, rows.out*cols.out)
		for e := range n {
			var mid, res [4][4]float32 // mid by columns
			for c := range cols.in {
				var x [4]float32
				for r := range rows.in {
					x[r] = *at(from[r*cols.in+c], inOff, e)
				}
				mid[c] = rows.apply(x)
			}
			for r := range rows.out {
				res[r] = cols.apply([4]float32{mid[0][r], mid[1][r], mid[2][r], mid[3][r]})
			}
			for i, p := range to {
				x := res[i/cols.out][i%cols.out]
				if add {
					x += *at(p, outOff, e)
				}
				*at(p, outOff, e) = x
			}
		}
	}
}

func at(p *float32, off, i int) *float32 { return (*float32)(unsafe.Add(unsafe.Pointer(p), off+4*i)) }
