package toy

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/wording"
)

// DrawnName is the name of the set of points that somebody drew. The points are part of its
// options.
const DrawnName = "drawn"

// A DrawnPoint is a point that somebody drew: its place on the square from −DrawnSpan to DrawnSpan,
// and its class.
type DrawnPoint struct {
	X, Y  float32
	Class int // 0 … DrawnClasses−1
}

const (
	DrawnSpan    = 2      // half the side of the square on which points are drawn
	DrawnClasses = 6      // that points can have
	MostDrawn    = 20_000 // points
	drawnSteps   = 4095   // places along a side
)

// DrawnText writes points down in 4 bytes each, in base64: the class in the upper 8 bits, then x
// and y in 12 each, from the left and from the bottom of the square. It has room for MostDrawn
// points; further ones are left out.
func DrawnText(points []DrawnPoint) string {
	points = points[:min(len(points), MostDrawn)]
	raw := make([]byte, 0, 4*len(points))
	for _, p := range points {
		raw = binary.BigEndian.AppendUint32(raw, uint32(p.Class)<<24|toStep(p.X)<<12|toStep(p.Y))
	}
	return base64.RawStdEncoding.EncodeToString(raw)
}

func toStep(v float32) uint32 {
	return uint32(max(0, min(drawnSteps, (v+DrawnSpan)/(2*DrawnSpan)*drawnSteps+0.5)))
}

// DrawnPoints reads what DrawnText has written.
func DrawnPoints(text string) ([]DrawnPoint, error) {
	raw, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil || len(raw)%4 != 0 {
		return nil, errors.New("read the points that were drawn: the text is cut or damaged: draw them anew on the Data page")
	}
	if len(raw) > 4*MostDrawn {
		return nil, fmt.Errorf("read the points that were drawn: %s points: at most %s are possible", wording.Thousands(len(raw)/4), wording.Thousands(MostDrawn))
	}
	points := make([]DrawnPoint, len(raw)/4)
	for i := range points {
		v := binary.BigEndian.Uint32(raw[4*i:])
		if v>>24 >= DrawnClasses {
			return nil, fmt.Errorf("read the points that were drawn: point %d is of class %d: 0 to %d are possible", i, v>>24, DrawnClasses-1)
		}
		at := func(step uint32) float32 { return float32(float64(step)*(2*DrawnSpan)/drawnSteps - DrawnSpan) }
		points[i] = DrawnPoint{at(v >> 12 & 0xfff), at(v & 0xfff), int(v >> 24)}
	}
	return points, nil
}

// OpenDrawn makes a set of points that somebody drew. They stay where they were drawn: the square
// is the scale.
func OpenDrawn(o dataset.Options) (dataset.Set, error) {
	drawn, err := DrawnPoints(o.Drawn)
	if err != nil {
		return nil, err
	}
	if len(drawn) < dataset.MinItems {
		return nil, fmt.Errorf("read the points that were drawn: there are %d: at least %d are needed, and some hundreds to learn from: draw more on the Data page", len(drawn), dataset.MinItems)
	}
	sum := sha256.Sum256([]byte("ganvas drawn by hand " + o.Drawn))
	p := &dataset.PointSet{
		About: dataset.Info{
			Name: "Drawn points", Kind: dataset.Points, Count: len(drawn), Shape: []int{2}, Fingerprint: hex.EncodeToString(sum[:]),
			Notes: []string{wording.Counted(len(drawn), "point", "points") + " drawn by hand"},
		},
		XY: make([]float32, 2*len(drawn)),
	}
	var used [DrawnClasses]bool
	for i, d := range drawn {
		p.XY[2*i], p.XY[2*i+1] = d.X, d.Y
		used[d.Class] = true
	}
	var number [DrawnClasses]int32
	var names []string
	for class, is := range used {
		if is {
			number[class] = int32(len(names))
			names = append(names, strconv.Itoa(class+1))
		}
	}
	if o.Labels != "none" && len(names) > 1 {
		p.About.Labels = names
		p.Labels = make([]int32, len(drawn))
		for i, d := range drawn {
			p.Labels[i] = number[d.Class]
		}
	}
	return p, nil
}
