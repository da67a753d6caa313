package widgets

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// inked returns a picture of one colour with a blue spot in its middle.
func inked(size int, c color.Color) *image.RGBA {
	img := plain(size, size, c)
	draw.Draw(img, image.Rect(size/3, size/3, 2*size/3, 2*size/3), image.NewUniform(color.NRGBA{0, 0, 0xff, 0xff}), image.Point{}, draw.Src)
	return img
}

func TestBlendsIn(t *testing.T) {
	page := color.NRGBA{0xf7, 0xf7, 0xf9, 0xff}
	half := plain(8, 8, color.White)
	draw.Draw(half, image.Rect(0, 0, 8, 7), image.NewUniform(color.Black), image.Point{}, draw.Src)
	for _, c := range []struct {
		name string
		img  *image.RGBA
		want bool
	}{
		{"white", inked(8, color.White), true},
		{"nearly white", inked(8, color.NRGBA{0xe8, 0xe8, 0xe8, 0xff}), true},
		{"grey", inked(8, color.NRGBA{0xc0, 0xc0, 0xc0, 0xff}), false},
		{"clear", inked(8, color.Transparent), false},
		{"white along one side", half, true},
		{"nothing", &image.RGBA{}, false},
	} {
		if got := blendsIn(c.img, []image.Rectangle{c.img.Rect}, page); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestWhitePicturesHaveABorder shows white and grey pictures in everything that shows pictures, on
// the test theme's pale page: only the white ones get a border.
func TestWhitePicturesHaveABorder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		sheet := NewContactSheet()
		sheet.Spacing = 1
		grid := NewPictureGrid(0, nil, nil)
		pad, strip, slot := NewLatentPad(), NewStrip(""), NewPinSlot("", nil)
		card := NewDataCard("a", "b", nil, nil)
		parts := map[string]fyne.CanvasObject{"sheet": sheet, "grid": grid, "pad": pad, "strip": strip, "pin": slot, "card": card}
		for name, part := range parts {
			test.NewTempApp(t)
			test.ApplyTheme(t, pale{test.Theme()})
			w := test.NewTempWindow(t, container.NewPadded(part))
			w.Resize(fyne.NewSize(220, 160))
			border := currentStyle(pad).border()
			for _, c := range []struct {
				what  string
				ink   color.Color
				lined bool
			}{{"white", color.White, true}, {"grey", color.NRGBA{0x90, 0x90, 0x90, 0xff}, false}, {"white again", color.White, true}} {
				img := inked(12, c.ink)
				sheet.Set(Compose([]image.Image{img, img, img, img}, 2, 1, image.Transparent), 2, 2)
				grid.SetItems(1, func(int) image.Image { return img }, nil)
				pad.SetPicture(img)
				strip.Set([]image.Image{img, img})
				slot.Set(img)
				card.SetThumbnail(img)
				shown := settled(w)
				if got := shaded(shown); c.lined && got < 4*12 {
					t.Errorf("%s: %d pixels of border around %s pictures", name, got, c.what)
				}
				if got := count(shown, border); !c.lined && got > 12 {
					t.Errorf("%s: %d pixels of border around %s pictures", name, got, c.what)
				}
			}
		}
		grid.Close()
	})
}

// shaded returns how many pixels are neither as light as the page nor as dark as ink: where the
// painter smooths it, a border has other colours than its own.
func shaded(img image.Image) int {
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			if c := color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA); c.R > 0x60 && c.R < 0xe6 {
				n++
			}
		}
	}
	return n
}

// pale is a theme with a page that white pictures blend into.
type pale struct{ fyne.Theme }

func (p pale) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch name {
	case theme.ColorNameBackground, theme.ColorNameInputBackground:
		return color.NRGBA{0xf7, 0xf7, 0xf9, 0xff}
	case theme.ColorNameForeground:
		return color.NRGBA{0x20, 0x20, 0x50, 0xff}
	}
	return p.Theme.Color(name, v)
}
