package field

import (
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/mat"

	"ganvas/datasets"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
)

// TestComponents finds the two directions in which points of a tilted ellipse in five dimensions
// differ most, and the share of the variance in them.
func TestComponents(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	const n = 400
	rows := mat.NewDense(n, 5, nil)
	first := make([]float64, n)
	for i := range n {
		first[i] = 3 * r.NormFloat64()
		b := r.NormFloat64()
		rows.SetRow(i, []float64{7 + (first[i]+b)/math.Sqrt2, (first[i] - b) / math.Sqrt2, 0.01 * r.NormFloat64(), 0, 1})
	}
	places, explained := components(rows)
	var xy, xx, yy float64
	for i, at := range places {
		xy, xx, yy = xy+at[0]*first[i], xx+at[0]*at[0], yy+first[i]*first[i]
	}
	if c := math.Abs(xy) / math.Sqrt(xx*yy); c < 0.995 || explained < 0.999 {
		t.Errorf("the first component goes with the longest axis by %.4f, both explain %.4f", c, explained)
	}
}

// TestSteady: components that come back in another order and with another sign lie where they lay.
func TestSteady(t *testing.T) {
	p := &Projector{pictures: make([]image.Image, 4)}
	places := [][2]float64{{1, 0.2}, {-1, 0.1}, {0.1, 0.5}, {-0.1, -0.8}, {0.3, 0.3}}
	clone := append([][2]float64(nil), places...)
	p.steady(clone)
	for name, turn := range map[string]func(at [2]float64) [2]float64{
		"mirrored": func(at [2]float64) [2]float64 { return [2]float64{-at[0], at[1]} },
		"swapped":  func(at [2]float64) [2]float64 { return [2]float64{at[1], at[0]} },
		"both":     func(at [2]float64) [2]float64 { return [2]float64{-at[1], -at[0]} },
		"larger":   func(at [2]float64) [2]float64 { return [2]float64{9 * at[0], 9 * at[1]} },
	} {
		var again [][2]float64
		for _, at := range places {
			again = append(again, turn(at))
		}
		p.steady(again)
		for i, at := range again {
			if math.Hypot(at[0]-clone[i][0], at[1]-clone[i][1]) > 1e-9 {
				t.Errorf("%s: place %d is %v, was %v", name, i, at, clone[i])
			}
		}
	}
}

// TestProjection lays out digits and what an untrained generator makes, by both kinds of features,
// for a D that judges pairs and names classes too, and gives the same plane again.
func TestProjection(t *testing.T) {
	set, err := datasets.Open(t.Context(), "digits", datasets.Options{Size: 28, Channels: 1}, nil)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(2, 2))
	g, err := nn.New([]string{"linear 784", "unflatten 28 28 1", "tanh"}, nn.Shape{8})
	if err != nil {
		t.Fatal(err)
	}
	g.Init("dcgan", r)
	for _, pack := range []int{1, 2} {
		d, err := nn.NewRole([]string{"conv 8 4 2 1", "lrelu 0.2", "flatten", "linear 1"}, nn.Shape{28, 28, pack}, nn.Role{Classes: 10, Projection: true})
		if err != nil {
			t.Fatal(err)
		}
		d.Init("dcgan", r)
		made := gan.NewGenerator(g, "gaussian")
		p := NewProjector(made, set, pack, 1)
		for _, by := range []Features{DFeatures, FixedFeatures} {
			m := Moment{G: made, D: d}
			first, err := p.Project(t.Context(), m, by)
			if err != nil {
				t.Fatal(err)
			}
			second, err := p.Project(t.Context(), m, by)
			if err != nil {
				t.Fatal(err)
			}
			if len(first.Real) != projected || len(first.FakePictures) != projected || !(first.Explained > 0 && first.Explained <= 1+1e-9) {
				t.Errorf("%s, packs of %d: %d real places, %d pictures, %.2f explained", by, pack, len(first.Real), len(first.FakePictures), first.Explained)
			}
			apart := 0.0 // noise and digits lie apart
			for i := range first.Real {
				apart += float64(first.Real[i][0]-first.Fake[i][0]) / projected
				if first.Real[i] != second.Real[i] {
					t.Fatalf("%s: real picture %d lies at %v, then at %v", by, i, first.Real[i], second.Real[i])
				}
			}
			if math.Abs(apart) < 0.5 {
				t.Errorf("%s, packs of %d: digits and noise lie %.2f apart", by, pack, apart)
			}
		}
	}
}
