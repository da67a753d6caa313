package health

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"ganvas/datasets/internal/dataset"
)

// smooth returns a set of smooth random pictures of 12×12 greys.
func smooth(n int, seed uint64) *dataset.PictureSet {
	r := rand.New(rand.NewPCG(seed, 0))
	const side = 12
	data := make([]uint8, n*side*side)
	for i := range n {
		var corner [16]float64
		for k := range corner {
			corner[k] = 255 * r.Float64()
		}
		for y := range side {
			for x := range side {
				a, b := float64(x)/(side-1)*3, float64(y)/(side-1)*3
				c, d := min(2, int(a)), min(2, int(b))
				a, b = a-float64(c), b-float64(d)
				at := func(i, j int) float64 { return corner[(d+j)*4+c+i] }
				data[(i*side+y)*side+x] = uint8((at(0, 0)*(1-a)+at(1, 0)*a)*(1-b) + (at(0, 1)*(1-a)+at(1, 1)*a)*b)
			}
		}
	}
	return dataset.NewPictureSet(dataset.Info{Name: "drawn", Kind: dataset.Pictures, Count: n, Shape: []int{side, side, 1}}, data, nil)
}

// bytesAt are those of picture i.
func bytesAt(p *dataset.PictureSet, i int) []uint8 { return p.Data[i*p.Item : (i+1)*p.Item] }

func TestExamine(t *testing.T) {
	p := smooth(600, 1)
	copy(bytesAt(p, 20), bytesAt(p, 3))
	copy(bytesAt(p, 599), bytesAt(p, 3))
	for i, b := range bytesAt(p, 7) { // the same picture, a little brighter and compressed again
		bytesAt(p, 40)[i] = uint8(min(255, int(b)+2+i%2))
	}
	for i := range bytesAt(p, 50) {
		bytesAt(p, 50)[i], bytesAt(p, 51)[i], bytesAt(p, 52)[i] = 9, uint8(100+10*(i%2)), uint8(i%2)
	}
	p.About.Skipped = []dataset.Skip{{Path: "x.png", Reason: "empty"}}
	p.About.Labels, p.Labels = []string{"a", "b"}, make([]int32, 600)
	for _, i := range []int{5, 6, 7} {
		p.Labels[i] = 1
	}
	got, err := Examine(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	type short struct {
		name  string
		count int
		items []int
	}
	want := []short{
		{"unreadable", 1, nil},
		{"exact-duplicates", 2, []int{20, 599}},
		{"blank", 1, []int{50}},
		{"next-to-black", 1, []int{52}},
		{"nearly-blank", 1, []int{51}},
		{"near-duplicates", 1, []int{40}},
		{"rare-class", 3, []int{5, 6, 7}},
	}
	var names []short
	for _, f := range got {
		names = append(names, short{f.Name, f.Count, f.Items})
		if f.Title == "" || f.Advice == "" {
			t.Errorf("%s has no title or no advice", f.Name)
		}
	}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
}

func TestExamineFindsNothingWrong(t *testing.T) {
	got, err := Examine(context.Background(), smooth(fewItems, 2), nil)
	if err != nil || len(got) != 0 {
		t.Errorf("got %v, %v; want no findings", got, err)
	}
	got, err = Examine(context.Background(), smooth(fewItems-1, 2), nil)
	if err != nil || len(got) != 1 || got[0].Name != "few-items" {
		t.Errorf("got %v, %v; want few-items alone", got, err)
	}
}

func TestExamineCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Examine(ctx, smooth(100, 3), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it cancelled", err)
	}
}

func TestSplit(t *testing.T) {
	for _, test := range []struct{ n, want int }{{8000, 800}, {2000, 500}, {600, 300}, {3, 1}} {
		train, held, err := Split(context.Background(), smooth(test.n, 4), nil)
		if err != nil {
			t.Fatal(err)
		}
		if held.Len() != test.want || train.Len() != test.n-test.want || held.Info().Count != test.want {
			t.Errorf("%d items: %d held out and %d to train on, want %d held out", test.n, held.Len(), train.Len(), test.want)
		}
		all := slices.Concat(train.Items, held.Items)
		slices.Sort(all)
		for i, j := range all {
			if i != j {
				t.Fatalf("%d items: item %d is in neither part or in both", test.n, i)
			}
		}
	}
}

// TestSplitKeepsSimilarTogether: copies and similar pictures never lie on both sides, and the order
// of the items does not matter.
func TestSplitKeepsSimilarTogether(t *testing.T) {
	p := smooth(1500, 5)
	for i := range 500 { // every picture thrice: as it is, again, and a little brighter
		copy(bytesAt(p, 500+i), bytesAt(p, i))
		for k, b := range bytesAt(p, i) {
			bytesAt(p, 1000+i)[k] = uint8(min(255, int(b)+2))
		}
	}
	_, held, err := Split(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[int]bool)
	for _, i := range held.Items {
		out[i] = true
	}
	for i := range 500 {
		if out[i] != out[500+i] || out[i] != out[1000+i] {
			t.Fatalf("picture %d and its copies are on both sides", i)
		}
	}
	if len(out) < 450 {
		t.Errorf("%d held out, want about 500", len(out))
	}
	backwards := smooth(1500, 5)
	for i := range 1500 {
		copy(bytesAt(backwards, i), bytesAt(p, 1499-i))
	}
	_, again, err := Split(context.Background(), backwards, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range again.Items {
		if !out[1499-i] {
			t.Fatalf("item %d is held out only in another order", 1499-i)
		}
	}
}

// TestSplitDividesWhatIsAlike: of a set in which everything is similar a part is held out all the
// same.
func TestSplitDividesWhatIsAlike(t *testing.T) {
	p := smooth(2000, 6)
	r := rand.New(rand.NewPCG(7, 7))
	for i := 1; i < 2000; i++ {
		for k, b := range bytesAt(p, 0) {
			bytesAt(p, i)[k] = uint8(min(255, int(b)+r.IntN(3)))
		}
	}
	_, held, err := Split(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if held.Len() < 100 {
		t.Errorf("%d of 2000 items are held out", held.Len())
	}
}
