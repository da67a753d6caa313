package gallery

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"slices"
	"strings"
	"testing"

	"ganvas/engine/gan"
	"ganvas/engine/memory"
	"ganvas/engine/nn"
)

func TestCompose(t *testing.T) {
	items := []float32{-1, 0, 0, 1, 1, 1, 1, 1} // two pictures of 2×2×1
	img := Compose(items, nn.Shape{2, 2, 1}, Options{Rows: 1, Columns: 2, Scale: 3, Spacing: 1})
	if got := img.Bounds().Size(); got.X != 2*(6+3)+3 || got.Y != 6+2*3 {
		t.Fatalf("size = %v, want 21×12", got)
	}
	tests := []struct {
		x, y int
		want uint8
	}{{0, 0, 255}, {3, 3, 0}, {5, 5, 0}, {6, 3, 128}, {8, 8, 255}, {12, 3, 255}}
	for _, test := range tests {
		if got := img.RGBAAt(test.x, test.y); got != (color.RGBA{test.want, test.want, test.want, 255}) {
			t.Errorf("pixel %d,%d = %v, want %d", test.x, test.y, got, test.want)
		}
	}
}

func TestComposeClear(t *testing.T) {
	img := Compose([]float32{1}, nn.Shape{1, 1, 1}, Options{Rows: 1, Columns: 1, Spacing: 1, Clear: true})
	if gap, item := img.RGBAAt(0, 0), img.RGBAAt(1, 1); gap.A != 0 || item.A != 255 {
		t.Errorf("gap %v, item %v: want only the item opaque", gap, item)
	}
}

func TestComposeTransparencyOnWhite(t *testing.T) {
	img := Compose([]float32{1, -1, -1, -1}, nn.Shape{1, 1, 4}, Options{Rows: 1, Columns: 1})
	if got := img.RGBAAt(0, 0); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("fully transparent red = %v, want white", got)
	}
}

func TestWrite(t *testing.T) {
	for _, test := range []struct {
		layers []string
		o      Options
		w, h   int
	}{
		{[]string{"linear 48", "unflatten 4 4 3", "tanh"}, Options{Rows: 2, Columns: 3, Spacing: 2, Scale: 2, Labels: true}, 3*(8+4) + 4, 2*(8+labelHeight+4) + 4},
		{[]string{"linear 2"}, Options{Rows: 5, Columns: 5}, 640, 640},
	} {
		n, err := nn.New(test.layers, nn.Shape{5})
		if err != nil {
			t.Fatal(err)
		}
		n.Init("kaiming", gan.NewStream(1, "init").Rand)
		var b bytes.Buffer
		if err := Write(&b, gan.NewGenerator(n, "gaussian"), test.o); err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if got := img.Bounds().Size(); got.X != test.w || got.Y != test.h {
			t.Errorf("%v: size %v, want %d×%d", test.layers, got, test.w, test.h)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, o := range []Options{{Rows: 0, Columns: 1}, {Rows: 1, Columns: 1, Scale: 65}, {Rows: 1, Columns: 1, Spacing: -1}, {Rows: 1000, Columns: 100, Scale: 64}} {
		if o.Validate(nn.Shape{28, 28, 1}) == nil {
			t.Errorf("%+v: no error", o)
		}
	}
}

// generator returns a freshly drawn generator of pictures.
func generator(t *testing.T, role nn.Role, several int) *gan.Generator {
	t.Helper()
	parts := make([]*nn.Net, several)
	for i := range parts {
		var err error
		if parts[i], err = nn.NewRole([]string{"linear 48", "unflatten 4 4 3", "tanh"}, nn.Shape{5}, role); err != nil {
			t.Fatal(err)
		}
		parts[i].Init("kaiming", gan.NewStream(uint64(i), "init").Rand)
	}
	return gan.NewGenerator(nn.Several(parts), "gaussian")
}

// TestPieces holds that a gallery that is drawn a few items at a time is the one that is drawn at
// once.
func TestPieces(t *testing.T) {
	o := Options{Rows: 9, Columns: 17, Seed: 4, Spacing: 1}
	g := generator(t, nn.Role{}, 1)
	got, err := Image(g, o)
	if err != nil {
		t.Fatal(err)
	}
	n := o.Rows * o.Columns
	if want := Compose(g.Render(g.Noise(4, n), n), g.Out(), o); !slices.Equal(got.Pix, want.Pix) {
		t.Error("drawn in pieces, the gallery is another one")
	}
	o.Count = 20
	if got, err = Image(g, o); err != nil {
		t.Fatal(err)
	}
	if want := Compose(g.Render(g.Noise(4, 20), 20), g.Out(), o); !slices.Equal(got.Pix, want.Pix) {
		t.Error("a gallery whose last rows are empty is another one")
	}
	o.Count = 0
	for _, x := range []struct {
		name    string
		role    nn.Role
		several int
	}{{"classes", nn.Role{Classes: 3, ConcatEmbed: true}, 1}, {"several", nn.Role{}, 4}, {"both", nn.Role{Classes: 3, ConcatEmbed: true}, 4}} {
		g := generator(t, x.role, x.several)
		if got, err = Image(g, o); err != nil {
			t.Fatal(err)
		}
		want := Compose(g.RenderRows(g.Noise(4, n), o.Rows, o.Columns), g.Out(), o)
		if !slices.Equal(got.Pix, want.Pix) || g.Chosen() {
			t.Errorf("%s: the gallery is another one, or a choice is left", x.name)
		}
	}
}

func TestDrawn(t *testing.T) {
	for _, layers := range [][]string{{"linear 48", "unflatten 4 4 3"}, {"linear 2"}} {
		n, err := nn.New(layers, nn.Shape{5})
		if err != nil {
			t.Fatal(err)
		}
		enough, told := errors.New("enough"), 0
		_, err = Image(gan.NewGenerator(n, "gaussian"), Options{Rows: 10, Columns: 100, Drawn: func(n int) error {
			if told = n; n >= 128 {
				return enough
			}
			return nil
		}})
		if !errors.Is(err, enough) || told != 128 {
			t.Errorf("%v: %v after %d items, want the error of Drawn after 128", layers, err, told)
		}
	}
}

// TestTooLarge holds that what is too large is refused before it is drawn.
func TestTooLarge(t *testing.T) {
	picture, points := nn.Shape{64, 64, 3}, nn.Shape{2}
	for _, test := range []struct {
		o    Options
		item nn.Shape
		want string
	}{
		{Options{Rows: 300, Columns: 300, Scale: 2}, picture, "megapixels"},
		{Options{Rows: 1, Columns: 100, Scale: 64}, points, "megapixels"},
		{Options{Rows: 1 << 40, Columns: 1}, picture, "100,000"},
		{Options{Rows: 10, Columns: 10, Scale: 8}, picture, ""},
	} {
		if err := test.o.Validate(test.item); (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.o, err, test.want)
		}
	}
	if got, want := (Options{Rows: 10, Columns: 10, Scale: 8}).Bytes(picture), 4*5120.0*5120; got != want {
		t.Errorf("100 pictures take %v bytes, want %v", got, want)
	}
	t.Setenv(memory.Variable, "1kB")
	_, err := Image(generator(t, nn.Role{}, 1), Options{Rows: 100, Columns: 100, Scale: 50})
	var more *memory.NotEnough
	if !errors.As(err, &more) || more.Needs != 4*20000*20000 {
		t.Errorf("400 megapixels in next to no memory: %v", err)
	}
}
