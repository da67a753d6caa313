package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/words"
	"ganvas/widgets"
)

// An Activity is the line above the transport bar that shows the slow work under way: what it is,
// how far it has come, and a button that cancels it.
type Activity struct {
	title  *widget.Label
	detail *widget.Label
	bar    *widget.ProgressBar
	row    *fyne.Container
	Line   *fyne.Container   // row on its background
	Around []*fyne.Container // that the line is in, innermost first
}

// NewActivity returns the line of some work, which it follows from then on.
func NewActivity(w *studio.Work) *Activity {
	a := &Activity{title: widget.NewLabel(""), detail: NewLine(""), bar: widget.NewProgressBar()}
	a.bar.TextFormatter = func() string { return "" }
	stop := widgets.TipButton(nil, "Cancel", "", w.Stop)
	a.row = container.NewBorder(nil, nil, a.title, container.NewHBox(WithWidth(230, a.detail), stop),
		container.NewVBox(layout.NewSpacer(), container.New(FixedHeight(8), a.bar), layout.NewSpacer()))
	a.Line = container.NewStack(NewSurface(theme.ColorNameMenuBackground), container.New(layout.NewCustomPaddedLayout(2, 2, 8, 8), a.row))
	a.Line.Hide()
	w.Shown.On(a.show)
	return a
}

// show shows how far the work has come; nil: there is none.
func (a *Activity) show(p *studio.Progress) {
	if p != nil {
		if a.title.Text != p.Title {
			a.title.SetText(p.Title)
			Relayout(a.row)
		}
		a.showProgress(p)
	}
	if SetShown(a.Line, p != nil) {
		Relayout(a.Around...)
	}
}

func (a *Activity) showProgress(p *studio.Progress) {
	text := ""
	if p.Total > 0 {
		a.bar.SetValue(float64(p.Done) / float64(p.Total))
		text = fmt.Sprintf("%s of %s", humanize.Comma(int64(p.Done)), humanize.Comma(int64(p.Total)))
		if p.Total == studio.InPercent {
			text = fmt.Sprintf("%.0f %%", 100*float64(p.Done)/studio.InPercent)
		}
	} else {
		a.bar.SetValue(0)
		if p.Done > 0 {
			text = humanize.Comma(int64(p.Done)) + " found"
		}
	}
	if p.Left > 0 {
		text += ", " + words.Left(p.Left)
	}
	SetText(a.detail, text)
}
