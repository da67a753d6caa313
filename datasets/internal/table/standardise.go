package table

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// PointTable is points as a file has them.
type PointTable struct {
	Names  [2]string // of the columns: the header's, or x and y
	Values [][2]float64
	Sum    [32]byte // of the file
	more   int      // lines that were left out besides those that are listed
}

// standardised maps the points to mean 0 and standard deviation 1 on each axis, which puts nearly
// all of them into [-2,2]; an axis without spread is only moved.
func (t *PointTable) standardised() (xy []float32, scale, offset [2]float64, err error) {
	n := float64(len(t.Values))
	for axis := range 2 {
		for _, p := range t.Values {
			offset[axis] += p[axis] / n
		}
		var variance float64
		for _, p := range t.Values {
			variance += (p[axis] - offset[axis]) * (p[axis] - offset[axis]) / n
		}
		scale[axis] = math.Sqrt(variance)
		if math.IsInf(scale[axis], 0) || math.IsNaN(scale[axis]) {
			return nil, scale, offset, fmt.Errorf("column %d: numbers too large to compute with: use smaller units", axis+1)
		}
		// Rounding leaves a trace of spread where there is none.
		if scale[axis] <= 1e-12*math.Abs(offset[axis]) {
			scale[axis] = 0
		}
	}
	if scale == [2]float64{} {
		return nil, scale, offset, errors.New("all points are the same: there is nothing to learn")
	}
	for axis := range 2 {
		if scale[axis] == 0 {
			scale[axis] = 1
		}
	}
	xy = make([]float32, 2*len(t.Values))
	for i, p := range t.Values {
		for axis := range 2 {
			xy[2*i+axis] = float32((p[axis] - offset[axis]) / scale[axis])
		}
	}
	return xy, scale, offset, nil
}

// Open makes a set of points that are brought to mean 0 and standard deviation 1.
func (t *PointTable) Open(file, name, note string, skipped []dataset.Skip) (dataset.Set, error) {
	if len(t.Values) < dataset.MinItems {
		return nil, fmt.Errorf("read %s: %s: at least %d are needed, and some hundreds to learn from: add more", file, wording.Counted(len(t.Values), "point", "points"), dataset.MinItems)
	}
	xy, scale, offset, err := t.standardised()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	notes := []string{note, "standardised: " + formula(t.Names[0], offset[0], scale[0]) + " and " + formula(t.Names[1], offset[1], scale[1])}
	if len(skipped) > 0 {
		notes = append(notes, leftOut(len(skipped), t.more, "line or item", "lines or items"))
	}
	return &dataset.AffinePointSet{
		PointSet: dataset.PointSet{
			About: dataset.Info{
				Name: name, Kind: dataset.Points, Count: len(t.Values), Shape: []int{2}, Skipped: skipped,
				Fingerprint: hex.EncodeToString(t.Sum[:]), Notes: notes,
			},
			XY: xy,
		},
		Scale: scale, Offset: offset,
	}, nil
}

// leftOut says how many lines were left out, of which some are listed.
func leftOut(listed, more int, one, many string) string {
	s := wording.Counted(listed+more, one, many) + " left out, each with its reason"
	if more > 0 {
		s += fmt.Sprintf("; the first %s are listed", wording.Thousands(listed))
	}
	return s
}

// formula writes how a column is standardised: "(x − 2) / 3", or "(x + 2) / 3" for a negative
// offset.
func formula(name string, offset, scale float64) string {
	sign := "−"
	if offset < 0 {
		sign = "+"
	}
	return fmt.Sprintf("(%s %s %.6g) / %.6g", name, sign, math.Abs(offset), scale)
}
