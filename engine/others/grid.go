package others

// A Grid is a square of the plane around its middle, in cells.
type Grid struct {
	Reach float64 // half of its side
	Cells int     // along a side
}

// Side returns the length of a cell's side.
func (g Grid) Side() float64 { return 2 * g.Reach / float64(g.Cells) }

// Points returns the middles of the cells (Cells², 2), row by row from the top.
func (g Grid) Points() []float32 {
	out := make([]float32, 0, 2*g.Cells*g.Cells)
	side := g.Side()
	for row := range g.Cells {
		for column := range g.Cells {
			out = append(out, float32((float64(column)+0.5)*side-g.Reach), float32(g.Reach-(float64(row)+0.5)*side))
		}
	}
	return out
}

// A Dense model can say how dense it is at every place.
type Dense interface {
	// Density returns the density at the cells of a grid, row by row from the top.
	Density(g Grid) []float32
}
