package dataset

// PointSet is a set of points in memory.
type PointSet struct {
	About  Info
	XY     []float32
	Labels []int32 // nil: none
}

// Info says what the set is.
func (p *PointSet) Info() Info { return p.About }

// Len returns the number of points.
func (p *PointSet) Len() int { return p.About.Count }

// Read writes x and y of point i to dst and returns its label or -1.
func (p *PointSet) Read(i int, dst []float32) int {
	CheckRead(i, p.About.Count, len(dst), 2)
	dst[0], dst[1] = p.XY[2*i], p.XY[2*i+1]
	if p.Labels == nil {
		return -1
	}
	return int(p.Labels[i])
}

// AffinePointSet are points that were standardised.
type AffinePointSet struct {
	PointSet
	Scale, Offset [2]float64
}

// Affine returns the map between items and the file's own numbers.
func (p *AffinePointSet) Affine() (scale, offset [2]float64) { return p.Scale, p.Offset }
