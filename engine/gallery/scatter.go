package gallery

import (
	"image"
	"image/color"
	"image/draw"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// plotSide is the side of a plot in pixels, before scaling: 480 points at 96 dots an inch.
const plotSide = 640

// scatter plots points x, y, one after the other in items.
func scatter(items []float32, o Options) (*image.RGBA, error) {
	xy := make(plotter.XYs, len(items)/2)
	for i := range xy {
		xy[i].X, xy[i].Y = float64(items[2*i]), float64(items[2*i+1])
	}
	s, err := plotter.NewScatter(xy)
	if err != nil {
		return nil, err
	}
	s.GlyphStyle = vgdraw.GlyphStyle{Color: color.NRGBA{R: 0x1f, G: 0x6f, B: 0xb5, A: 0xa0}, Radius: vg.Points(2), Shape: vgdraw.CircleGlyph{}}
	p := plot.New()
	p.Title.Text = "generated points"
	p.X.Label.Text, p.Y.Label.Text = "x", "y"
	p.Add(plotter.NewGrid(), s)
	side := vg.Points(480 * float64(o.scale()))
	c := vgimg.New(side, side)
	p.Draw(vgdraw.New(c))
	img := image.NewRGBA(c.Image().Bounds())
	draw.Draw(img, img.Bounds(), c.Image(), img.Bounds().Min, draw.Src)
	return img, nil
}
