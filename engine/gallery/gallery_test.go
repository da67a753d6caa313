package gallery

import (
	"bytes"
	"image/color"
	"image/png"
	"testing"

	"ganvas/engine/gan"
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
