package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

var (
	red   = color.RGBA{0xff, 0, 0, 0xff}
	green = color.RGBA{0, 0xff, 0, 0xff}
	blue  = color.RGBA{0, 0, 0xff, 0xff}
)

func TestCompose(t *testing.T) {
	for _, c := range []struct {
		name    string
		items   []image.Image
		columns int
		spacing int
		size    image.Point
		at      map[image.Point]color.Color
	}{
		{"none", nil, 3, 2, image.Pt(0, 0), nil},
		{"row", []image.Image{plain(2, 2, red), plain(2, 2, green)}, 4, 1, image.Pt(5, 2), map[image.Point]color.Color{{0, 0}: red, {2, 0}: blue, {3, 1}: green}},
		{"last row not full", []image.Image{plain(2, 2, red), plain(2, 2, green), plain(2, 2, red)}, 2, 0, image.Pt(4, 4), map[image.Point]color.Color{{1, 3}: red, {3, 3}: blue}},
		{"smaller ones in the middle", []image.Image{plain(4, 4, red), plain(2, 2, green)}, 2, 0, image.Pt(8, 4), map[image.Point]color.Color{{4, 0}: blue, {5, 1}: green}},
		{"a missing one", []image.Image{nil, plain(2, 2, green)}, 2, 0, image.Pt(4, 2), map[image.Point]color.Color{{0, 0}: blue, {2, 0}: green}},
	} {
		got := Compose(c.items, c.columns, c.spacing, blue)
		if got.Rect.Size() != c.size {
			t.Errorf("%s: size %v, want %v", c.name, got.Rect.Size(), c.size)
			continue
		}
		for p, want := range c.at {
			if !sameColor(got.At(p.X, p.Y), want) {
				t.Errorf("%s: %v at %v, want %v", c.name, got.At(p.X, p.Y), p, want)
			}
		}
	}
}

func TestComposeSubImage(t *testing.T) {
	whole := plain(8, 8, red)
	for i := range 16 {
		whole.Set(4+i%4, 4+i/4, green)
	}
	got := Compose([]image.Image{whole.SubImage(image.Rect(4, 4, 8, 8))}, 1, 0, blue)
	if !sameColor(got.At(0, 0), green) || got.Rect.Size() != image.Pt(4, 4) {
		t.Errorf("%v of %v, want the crop's own green", got.At(0, 0), got.Rect.Size())
	}
}

// numbered returns a sheet of cells, each of another grey.
func numbered(columns, rows, side, spacing int) *image.RGBA {
	items := make([]image.Image, columns*rows)
	for i := range items {
		items[i] = plain(side, side, color.Gray{uint8(10 + i)})
	}
	return Compose(items, columns, spacing, red)
}

func TestContactSheetShowsWholePixels(t *testing.T) {
	s := NewContactSheet()
	s.Spacing = 2
	w := inWindow(t, s, 300, 200)
	s.Set(numbered(5, 3, 10, 2), 5, 3) // 58×34 pixels, that is 5 times as large
	img := w.Canvas().Capture()
	if got, want := s.picture.Size(), fyne.NewSize(290, 170); got != want {
		t.Errorf("shown at %v, want %v", got, want)
	}
	for cell := range 15 {
		x, y := 5+cell%5*60+25, 15+cell/5*60+25
		if got, want := img.At(x, y), (color.Gray{uint8(10 + cell)}); !sameColor(got, want) {
			t.Errorf("cell %d shows %v, want %v", cell, got, want)
		}
	}
}

func TestContactSheetTapAndHover(t *testing.T) {
	s := NewContactSheet()
	s.Spacing = 2
	tapped, hovered := -2, -2
	s.OnTapped = func(i int) { tapped = i }
	s.OnHovered = func(i int) { hovered = i }
	w := inWindow(t, s, 300, 200)
	s.Set(numbered(5, 3, 10, 2), 5, 3)
	for _, c := range []struct {
		at   fyne.Position
		want int
	}{
		{fyne.NewPos(6, 16), 0},
		{fyne.NewPos(294, 16), 4},
		{fyne.NewPos(6, 184), 10},
		{fyne.NewPos(294, 184), 14},
		{fyne.NewPos(150, 100), 7},
		{fyne.NewPos(1, 1), -2},
		{fyne.NewPos(299, 199), -2},
	} {
		tapped = -2
		test.TapCanvas(w.Canvas(), c.at)
		if tapped != c.want {
			t.Errorf("tapped %d at %v, want %d", tapped, c.at, c.want)
		}
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(150, 100))
	if hovered != 7 {
		t.Errorf("hovered %d, want 7", hovered)
	}
	if got := count(w.Canvas().Capture(), theme.Color(theme.ColorNamePrimary)); got < 4*40 {
		t.Errorf("%d pixels of a ring around the cell below the mouse", got)
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(1, 1))
	if hovered != -1 {
		t.Errorf("hovered %d outside the sheet, want −1", hovered)
	}
	s.Set(nil, 0, 0)
	tapped = -2
	test.TapCanvas(w.Canvas(), fyne.NewPos(150, 100))
	if tapped != -2 {
		t.Errorf("tapped %d on an empty sheet", tapped)
	}
}

func TestContactSheetCopiesCrops(t *testing.T) {
	s := NewContactSheet()
	inWindow(t, s, 100, 100)
	s.Set(numbered(4, 4, 10, 0).SubImage(image.Rect(20, 20, 40, 40)).(*image.RGBA), 2, 2)
	img := s.picture.image.Load()
	if img.Stride != 4*20 || img.Rect.Min != (image.Point{}) {
		t.Errorf("stride %d and corner %v: a crop's rows lie too far apart for the screen", img.Stride, img.Rect.Min)
	}
}

func TestFitPixels(t *testing.T) {
	for _, c := range []struct {
		w, h  int
		area  fyne.Size
		scale float32
		want  fyne.Size
	}{
		{28, 28, fyne.NewSize(100, 200), 1, fyne.NewSquareSize(84)},
		{28, 28, fyne.NewSize(100, 100), 2, fyne.NewSquareSize(98)},
		{100, 50, fyne.NewSize(150, 150), 1, fyne.NewSize(150, 75)},
		{400, 400, fyne.NewSize(100, 100), 1, fyne.NewSquareSize(100)},
		{0, 10, fyne.NewSize(100, 100), 1, fyne.Size{}},
	} {
		if _, got := fitPixels(c.w, c.h, c.area, c.scale); got != c.want {
			t.Errorf("%d×%d in %v at scale %g: %v, want %v", c.w, c.h, c.area, c.scale, got, c.want)
		}
	}
}

func TestContactSheetKeyboard(t *testing.T) {
	s := NewContactSheet()
	tapped := -1
	s.OnTapped = func(i int) { tapped = i }
	w := inWindow(t, s, 300, 200)
	s.Set(numbered(5, 3, 10, 0), 5, 3)
	w.Canvas().Focus(s)
	press(s, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	if tapped != 6 {
		t.Errorf("tapped %d, want 6", tapped)
	}
	w.Canvas().Unfocus()
	if s.hovered != -1 {
		t.Error("a cell stays marked")
	}
}
