package judgepage

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/engine/judge"
	"ganvas/widgets"
)

// classBars shows how often each class is among samples, beside how often it is among held-out
// items.
func classBars(classes []judge.Class) fyne.CanvasObject {
	bars := &barsLayout{}
	var objects []fyne.CanvasObject // a container lays out whatever is added to it at once
	for _, c := range classes {
		bars.shares = append(bars.shares, [2]float64{c.Share, c.Real})
		ours, real := ui.NewSurface(theme.ColorNamePrimary), ui.NewSurface(theme.ColorNameDisabled)
		label := widget.NewLabelWithStyle(c.Label, fyne.TextAlignCenter, fyne.TextStyle{})
		label.SizeName = theme.SizeNameCaptionText
		what := fmt.Sprintf("Class %s: %.1f ± %.1f %% of the samples, %.1f %% of real data", c.Label, 100*c.Share, 100*c.StdErr, 100*c.Real)
		objects = append(objects, ours, real, widgets.Tip(label, what))
	}
	lowest, highest := classes[0], classes[0]
	for _, c := range classes {
		if c.Share < lowest.Share {
			lowest = c
		}
		if c.Share > highest.Share {
			highest = c
		}
	}
	title := ui.NewNoteLine(fmt.Sprintf("Classes, beside those of real data (grey): from %.1f %% (%s) to %.1f %% (%s)", 100*lowest.Share, lowest.Label, 100*highest.Share, highest.Label))
	return container.NewVBox(title, container.New(bars, objects...))
}

// barsLayout places for each class two bars that stand side by side, and a label below them.
type barsLayout struct {
	shares [][2]float64
}

const (
	barsHeight  = 44
	labelHeight = 22
)

func (b *barsLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	most := 0.0
	for _, s := range b.shares {
		most = max(most, s[0], s[1])
	}
	cell := size.Width / float32(len(b.shares))
	bar := cell * 0.36
	for i, s := range b.shares {
		left := cell * (float32(i) + 0.14)
		for k := range 2 {
			h := float32(barsHeight)
			if most > 0 {
				h *= float32(s[k] / most)
			}
			objects[3*i+k].Resize(fyne.NewSize(bar, h))
			objects[3*i+k].Move(fyne.NewPos(left+float32(k)*bar, barsHeight-h))
		}
		label := objects[3*i+2]
		label.Resize(fyne.NewSize(cell, labelHeight))
		label.Move(fyne.NewPos(cell*float32(i), barsHeight))
	}
}

func (b *barsLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(20*float32(len(b.shares)), barsHeight+labelHeight)
}
