package tensor

import "fmt"

// Dims views an array as (N, S, G, K), row-major. A group is a pair (n, g); its S·K members run
// over S and K. So batch normalisation of channels is {1, N·H·W, C, 1}, instance normalisation {N,
// H·W, C, 1}, group normalisation {N, H·W, groups, C/groups}, layer normalisation {N, 1, 1,
// features}, a bias {1, rows, C, 1} and a whole sum {1, 1, 1, n}.
type Dims struct{ N, S, G, K int }

func (d Dims) size() int   { return d.N * d.S * d.G * d.K }
func (d Dims) groups() int { return d.N * d.G }

// check panics unless data has d's size and v one value a group.
func (d Dims) check(op string, v []float32, data ...[]float32) {
	for _, x := range data {
		if len(x) != d.size() {
			panic(fmt.Sprintf("tensor: %s of %d values as %v", op, len(x), d))
		}
	}
	if len(v) != d.groups() {
		panic(fmt.Sprintf("tensor: %s with %d groups as %v", op, len(v), d))
	}
}

// rows reports whether the groups of d are contiguous, and then how many there are and how long.
func (d Dims) rows() (count, length int, ok bool) {
	switch {
	case d.size() == 0:
		return d.groups(), 0, true
	case d.S == 1:
		return d.N * d.G, d.K, true
	case d.G == 1:
		return d.N, d.S * d.K, true
	}
	return 0, 0, false
}

// columns is the other case: n blocks of s rows of c columns, each fold neighbouring columns being
// one group. A kernel sees a block as rows of width ≥ c columns, several rows side by side, so that
// few channels fill a vector too. The last row may be shorter.
type columns struct{ n, s, c, fold, width int }

func (d Dims) columns() columns {
	c := d.G * d.K
	l := columns{n: d.N, s: d.S, c: c, fold: d.K, width: c}
	if c >= 128 || (c >= 64 && c%8 == 0) || c == 0 {
		return l
	}
	w := c
	for w%8 != 0 {
		w *= 2
	}
	w *= (63 + w) / w
	if d.S*c >= 2*w {
		l.width = w
	}
	return l
}

// block returns the number of elements of one n.
func (l columns) block() int { return l.s * l.c }

// units returns how many rows of the kernel's width a block has, the last one perhaps shorter.
func (l columns) units() int { return (l.block() + l.width - 1) / l.width }

// spread returns for each n a row of l.width values, v[n·groups+g] in the columns of group g. The
// rows are v itself if that is possible; else they are borrowed, and the second result is what to
// give back.
func (l columns) spread(v []float32) (rows, borrowed []float32) {
	if l.width == l.c && l.fold == 1 {
		return v, nil
	}
	rows = values.get(l.n * l.width)
	groups := l.c / l.fold
	for n := range l.n {
		row := l.row(rows, n)
		if l.fold == 1 {
			copy(row, v[n*groups:][:groups])
		} else {
			for g, x := range v[n*groups:][:groups] {
				kernels.Fill(row[g*l.fold:][:l.fold], x)
			}
		}
		for done := l.c; done < l.width; done *= 2 {
			copy(row[done:], row[:done])
		}
	}
	return rows, rows
}

// row returns row n of what spread returned.
func (l columns) row(rows []float32, n int) []float32 { return rows[n*l.width:][:l.width] }

// split returns where the whole rows of elements [lo, hi) end, lo being at column 0.
func (l columns) split(lo, hi int) int { return lo + (hi-lo)/l.width*l.width }

// foldInto adds the columns of part to their groups.
func (l columns) foldInto(groups, part []float64) {
	for ; len(part) > 0; part = part[l.c:] {
		if l.fold == 1 {
			for j, v := range part[:l.c] {
				groups[j] += v
			}
			continue
		}
		for g := 0; g*l.fold < l.c; g++ {
			for _, v := range part[g*l.fold:][:l.fold] {
				groups[g] += v
			}
		}
	}
}
