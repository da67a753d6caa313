package studio

import "ganvas/datasets"

// SamplePoints returns at most n of a set's points.
func SamplePoints(set datasets.Set, n int) [][2]float32 {
	n = min(n, set.Len())
	points := make([][2]float32, n)
	for i := range points {
		set.Read(i*set.Len()/n, points[i][:])
	}
	return points
}

// Bounds returns a frame around points with some air, equally wide and high.
func Bounds(points [][2]float32) (xMin, xMax, yMin, yMax float64) {
	if len(points) == 0 {
		return -2, 2, -2, 2
	}
	low, high := points[0], points[0]
	for _, q := range points {
		for k := range q {
			low[k], high[k] = min(low[k], q[k]), max(high[k], q[k])
		}
	}
	half := 0.6 * float64(max(high[0]-low[0], high[1]-low[1], 0.1))
	x, y := float64(low[0]+high[0])/2, float64(low[1]+high[1])/2
	return x - half, x + half, y - half, y + half
}
