package main

import (
	"fmt"

	"ganvas/engine/internal/armasm"
)

// dotRows is how many rows of A share what is loaded of B: four, so that their sums end up in one
// register.
const dotRows = 4

// dotSums are the accumulators of one function: of each column and row, of the first and the last
// four of eight values.
type dotSums struct {
	*armasm.Func
	acc  [][dotRows][2]vec
	rows [dotRows]armasm.X // walk along A's rows
	cols []armasm.X        // walk along Bᵀ's rows
}

// dots writes the products of four rows of A with n rows of Bᵀ: both run along the depth, eight
// values at a time.
func dots(f *armasm.File, n int) {
	s := &dotSums{
		Func: f.Func(fmt.Sprintf("dots%d", n), fmt.Sprintf("computes groups of %d rows times %d columns; see kernels.", dotRows, n),
			"(groups, segs, segLen int, a **float32, b *float32, bStep int, mask *int32, out *float32)"),
		acc: make([][dotRows][2]vec, n),
	}
	groups, a, out, segs, left := s.Arg("groups"), s.Arg("a"), s.Arg("out"), s.X(), s.X()
	for r := range s.rows {
		s.rows[r] = s.X()
		for j := range s.acc {
			s.acc[j][r] = [2]vec{s.V(), s.V()}
		}
	}
	for range n {
		s.cols = append(s.cols, s.X())
	}
	s.Times(groups, func() {
		s.start()
		s.Ins("MOVD %s, %v", s.Param("segs"), segs)
		s.Times(segs, func() {
			for r := 0; r < dotRows; r += 2 {
				s.Ins("LDP %d(%v), (%v, %v)", 8*r, a, s.rows[r], s.rows[r+1])
			}
			s.Advance(8*dotRows, a)
			s.Ins("MOVD %s, %v", s.Param("segLen"), left)
			for _, count := range []int{8, 4, 1} {
				s.Steps(left, count, func() { s.along(count) })
			}
		})
		for j := range s.acc {
			s.Store(4, s.across(s.acc[j]), out, 16*j)
		}
		s.Advance(16*n, out)
	})
	s.Return()
}

// start clears the sums and goes to the start of Bᵀ's rows.
func (s *dotSums) start() {
	for j := range s.acc {
		for _, pair := range s.acc[j] {
			s.Clear(pair[0])
			s.Clear(pair[1])
		}
	}
	s.Ins("MOVD %s, %v", s.Param("b"), s.cols[0])
	if len(s.cols) == 1 {
		return
	}
	s.Scope(func() {
		step := s.Arg("bStep")
		for j := 1; j < len(s.cols); j++ {
			s.Ins("ADD %v, %v, %v", step, s.cols[j-1], s.cols[j])
		}
	})
}

// along adds the products of the next count values, 8, 4 or 1.
func (s *dotSums) along(count int) {
	s.Scope(func() {
		load := func(p armasm.X, v []vec) {
			if count == 8 {
				s.LoadPair(v[0], v[1], p, 0)
			} else {
				s.Load(count, v[0], p, 0)
			}
			s.Advance(4*count, p)
		}
		halves := max(1, count/4)
		w := make([][]vec, len(s.cols))
		for j, p := range s.cols {
			w[j] = s.Vs(halves)
			load(p, w[j])
		}
		x := s.Vs(halves)
		for r, p := range s.rows {
			load(p, x)
			for h := range halves {
				for j := range w {
					s.FMLA(s.acc[j][r][h], w[j][h], x[h])
				}
			}
		}
	})
}

// across returns the four rows' sums of one column.
func (s *dotSums) across(acc [dotRows][2]vec) vec {
	for h := range 2 {
		s.FADDP(acc[0][h], acc[0][h], acc[1][h])
		s.FADDP(acc[2][h], acc[2][h], acc[3][h])
		s.FADDP(acc[0][h], acc[0][h], acc[2][h])
	}
	s.FADD(acc[0][0], acc[0][0], acc[0][1])
	return acc[0][0]
}
