package datasets

// points is a set of points in memory.
type points struct {
	info   Info
	xy     []float32
	labels []int32 // nil: none
}

// Info says what the set is.
func (p *points) Info() Info { return p.info }

// Len returns the number of points.
func (p *points) Len() int { return p.info.Count }

// Read writes x and y of point i to dst and returns its label or -1.
func (p *points) Read(i int, dst []float32) int {
	checkRead(i, p.info.Count, len(dst), 2)
	dst[0], dst[1] = p.xy[2*i], p.xy[2*i+1]
	if p.labels == nil {
		return -1
	}
	return int(p.labels[i])
}

// affinePoints are points that were standardised.
type affinePoints struct {
	points
	scale, offset [2]float64
}

// Affine returns the map between items and the file's own numbers.
func (p *affinePoints) Affine() (scale, offset [2]float64) { return p.scale, p.offset }
