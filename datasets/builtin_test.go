package datasets

import (
	"context"
	"image"
	"image/color"
	"runtime"
	"slices"
	"sync"
	"testing"

	"ganvas/datasets/internal/dataset"
	"ganvas/datasets/internal/datatest"
	"ganvas/datasets/internal/work"
)

func TestBuiltins(t *testing.T) {
	want := []string{"two-gaussians", "ring", "grid", "moons", "circles", "spiral", "swissroll", "checkerboard", "line", "digits", "emoji", "shapes"}
	var got []string
	for _, b := range Builtins() {
		got = append(got, b.Name)
		if b.Title == "" || b.About == "" || !IsBuiltin(b.Name) || (b.Kind == Pictures) != (b.Size > 0) {
			t.Errorf("%+v is incomplete", b)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if IsBuiltin("digits-test") || IsBuiltin("") {
		t.Error("a hidden or empty name is listed")
	}
}

func TestDigits(t *testing.T) {
	set, err := Open(context.Background(), "digits", Options{}, nil)
	datatest.Must(t, err)
	if info := set.Info(); set.Len() != 60_000 || !slices.Equal(info.Shape, []int{28, 28, 1}) || len(info.Labels) != 10 {
		t.Errorf("%+v, want 60,000 of 28×28×1 in ten classes", info)
	}
	item := make([]float32, 784)
	// The first labels of MNIST, and the mean of its first picture, which NumPy gives as 35.108418
	// of 255.
	for i, want := range []int{5, 0, 4, 1, 9, 2, 1, 3, 1, 4} {
		if got := set.Read(i, item); got != want {
			t.Errorf("label %d is %d, want %d", i, got, want)
		}
	}
	set.Read(0, item)
	sum := 0
	for _, v := range item {
		sum += int(dataset.ToByte(v))
	}
	if sum != 27525 {
		t.Errorf("the first picture sums to %d, want 27525", sum)
	}
	if got := set.Read(59_999, item); got != 8 {
		t.Errorf("the last label is %d, want 8", got)
	}

	again, err := Open(context.Background(), "digits", Options{}, nil)
	datatest.Must(t, err)
	if a, b := set.(*dataset.PictureSet), again.(*dataset.PictureSet); &a.Data[0] != &b.Data[0] {
		t.Error("two sets of the digits have them unpacked twice")
	}
	runtime.KeepAlive(set)

	test, err := Open(context.Background(), "digits-test", Options{Labels: "none"}, nil)
	datatest.Must(t, err)
	if test.Len() != 10_000 || test.Read(9_999, item) != -1 || len(test.Info().Labels) != 0 {
		t.Errorf("%d test digits labelled %v, want 10,000 without labels", test.Len(), test.Info().Labels)
	}
	if test.Info().Fingerprint == set.Info().Fingerprint {
		t.Error("both halves have one fingerprint")
	}

	large, err := Open(context.Background(), "digits", Options{Size: 32, Channels: 3}, nil)
	datatest.Must(t, err)
	item = make([]float32, 32*32*3)
	large.Read(12_345, item)
	for i := 0; i < len(item); i += 3 {
		if item[i] != item[i+1] || item[i] != item[i+2] {
			t.Fatalf("pixel %d of a digit is %v, want grey", i/3, item[i:i+3])
		}
	}
	if a, b := large.Info().Fingerprint, set.Info().Fingerprint; a != b {
		t.Error("the fingerprint depends on the size")
	}
}

func TestEmoji(t *testing.T) {
	set, err := Open(context.Background(), "emoji", Options{}, nil)
	datatest.Must(t, err)
	info := set.Info()
	if set.Len() != 3786 || !slices.Equal(info.Shape, []int{64, 64, 4}) || len(info.Labels) != 10 || info.Labels[0] != "activities" {
		t.Errorf("%+v, want 3,786 of 64×64×4 in ten classes", info)
	}
	if want := "3,786 PNG pictures of 64×64, colour with transparency, labels from 10 sub-folders"; info.Notes[0] != want {
		t.Errorf("%q, want %q", info.Notes[0], want)
	}
	labels := make([]int, set.Len())
	err = work.Parallel(context.Background(), set.Len(), func() {}, func(_, i int) { // also: every one can be decoded
		labels[i] = set.Read(i, make([]float32, 64*64*4))
	})
	datatest.Must(t, err)
	counts := make([]int, 10)
	for _, label := range labels {
		counts[label]++
	}
	if want := []int{85, 159, 5, 270, 131, 264, 2261, 169, 224, 218}; !slices.Equal(counts, want) {
		t.Errorf("%v in each class, want %v", counts, want)
	}
	picture, ok := Picture(set, 1000).(*image.NRGBA)
	if !ok || picture.NRGBAAt(0, 0).A != 0 || picture.NRGBAAt(32, 32).A == 0 {
		t.Error("an emoji is not opaque in the middle and transparent in the corner")
	}

	small, err := Open(context.Background(), "emoji", Options{Size: 16, Channels: 3, Background: color.NRGBA{B: 255}}, nil)
	datatest.Must(t, err)
	if got := Picture(small, 1000).(*image.RGBA).RGBAAt(0, 0); got.R != 0 || got.G != 0 || got.B != 255 {
		t.Errorf("the corner of an emoji on blue is %v", got)
	}
}

func TestShapes(t *testing.T) {
	a, err := Open(context.Background(), "shapes", Options{Seed: 3}, nil)
	datatest.Must(t, err)
	b, err := Open(context.Background(), "shapes", Options{Seed: 3, Size: 64, Channels: 4}, nil)
	datatest.Must(t, err)
	if info := a.Info(); a.Len() != 50_000 || !slices.Equal(info.Shape, []int{32, 32, 3}) || !slices.Equal(info.Labels, []string{"circle", "square", "triangle", "star"}) {
		t.Errorf("%+v, want 50,000 of 32×32×3 in four classes", info)
	}
	small, again, large := make([]float32, 32*32*3), make([]float32, 32*32*3), make([]float32, 64*64*4)
	counts := make([]int, 4)
	for i := range 400 {
		label := a.Read(i, small)
		counts[label]++
		if got := b.Read(i, large); got != label {
			t.Errorf("item %d is a %d at one size, a %d at another", i, label, got)
		}
		if a.Read(i, again); !slices.Equal(small, again) {
			t.Errorf("item %d changes when read again", i)
		}
		// The shape covers the same share of the picture at both sizes, antialiased.
		var ink32, ink64 float64
		for p := range 32 * 32 {
			if small[3*p] != 1 || small[3*p+1] != 1 || small[3*p+2] != 1 {
				ink32 += 1. / (32 * 32)
			}
		}
		for p := range 64 * 64 {
			if v := large[4*p+3]; v < -1 || v > 1 {
				t.Fatalf("item %d: alpha %v", i, v)
			} else if v > -1 {
				ink64 += 1. / (64 * 64)
			}
		}
		if ink64 < 0.03 || ink64 > 0.7 || ink32 < ink64 || ink32 > ink64+0.12 { // the rim is a pixel wide, and pixels are larger
			t.Errorf("item %d covers %.3f of 32×32 and %.3f of 64×64 pixels", i, ink32, ink64)
		}
	}
	if slices.Min(counts) < 70 {
		t.Errorf("%v in the four classes of 400, want about 100 each", counts)
	}
	if n := testing.AllocsPerRun(10, func() { a.Read(7, small) }); n != 0 {
		t.Errorf("painting allocates %v times", n)
	}
}

// Many readers at once see what one sees: for -race.
func TestConcurrentReads(t *testing.T) {
	for _, tt := range []struct {
		name string
		o    Options
	}{{"digits-test", Options{}}, {"digits-test", Options{Size: 16}}, {"emoji", Options{Size: 16, Channels: 3}}, {"shapes", Options{}}, {"moons", Options{}}} {
		set, err := Open(context.Background(), tt.name, tt.o, nil)
		datatest.Must(t, err)
		n := 1
		for _, d := range set.Info().Shape {
			n *= d
		}
		const items = 200
		got := make([][]float32, 4)
		var wg sync.WaitGroup
		for g := range got {
			got[g] = make([]float32, items*n)
			wg.Go(func() {
				for k := range items {
					i := (k*7 + g*50) % items
					set.Read(i, got[g][i*n:(i+1)*n])
				}
			})
		}
		wg.Wait()
		for g := range got {
			if !slices.Equal(got[g], got[0]) {
				t.Errorf("%s: readers %d and 0 saw different items", tt.name, g)
			}
		}
	}
}

func TestPerSecond(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Pictures.PerSecond(1240.4), "1,240 img/s"},
		{Points.PerSecond(29_999.6), "30,000 points/s"},
		{Points.PerSecond(3.24), "3.2 points/s"},
		{Pictures.PerSecond(9.97), "10 img/s"},
		{Table.PerSecond(80), "80 items/s"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}
