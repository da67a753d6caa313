package trainpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/session"
)

// A picture shows what the generator makes now, with words below it. The kind of the data decides
// which of its views is seen.
type picture struct {
	views   map[datasets.Kind]kindView
	view    kindView // the one that is seen
	box     *fyne.Container
	caption *ui.Note
}

func newPicture(around scene) *picture {
	p := &picture{views: make(map[datasets.Kind]kindView), caption: ui.NewNote("")}
	p.caption.Segment.Style.Alignment = fyne.TextAlignCenter
	objects, above := container.NewStack(), container.NewStack()
	for kind, newView := range kinds {
		v := newView(around)
		p.views[kind] = v
		objects.Add(v.object())
		v.object().Hide()
		if a := v.above(); a != nil {
			above.Add(a)
			a.Hide()
		}
	}
	p.box = container.New(pictureLayout{}, above, p.caption, objects)
	p.turnTo(datasets.Pictures)
	return p
}

// A pictureLayout has a picture between what stands above it, which wraps, in the middle, and
// words. What wraps knows its height once it has a width.
type pictureLayout struct{}

// Layout is part of fyne.Layout.
func (pictureLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	above, caption, view := objects[0], objects[1], objects[2]
	gap := theme.Padding()
	above.Resize(fyne.NewSize(size.Width, 0))
	used := above.MinSize()
	if used.Height > 0 {
		used = fyne.NewSize(min(size.Width, used.Width+2*gap), used.Height)
	}
	above.Resize(used)
	above.Move(fyne.NewPos((size.Width-used.Width)/2, 0))
	caption.Resize(fyne.NewSize(size.Width, 0))
	words := caption.MinSize().Height
	caption.Resize(fyne.NewSize(size.Width, words))
	caption.Move(fyne.NewPos(0, size.Height-words))
	view.Move(fyne.NewPos(0, used.Height+gap))
	view.Resize(fyne.NewSize(size.Width, size.Height-used.Height-words-2*gap))
}

// MinSize is part of fyne.Layout.
func (pictureLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := 2 * theme.Padding()
	for _, o := range objects {
		height += o.MinSize().Height
	}
	return fyne.NewSize(objects[2].MinSize().Width, height)
}

// turnTo shows the view of a kind of data, for one that has none the view of pictures.
func (p *picture) turnTo(kind datasets.Kind) {
	next := p.views[kind]
	if next == nil {
		next = p.views[datasets.Pictures]
	}
	if next == p.view {
		return
	}
	p.view = next
	for _, v := range p.views {
		ui.SetShown(v.object(), v == next)
		if a := v.above(); a != nil {
			ui.SetShown(a, v == next)
		}
	}
	ui.Relayout(p.box)
}

// take shows news.
func (p *picture) take(n session.Snapshot, of madeBy) {
	for _, v := range p.views {
		if text, ok := v.take(n, of); ok {
			p.caption.Set(text)
			ui.Relayout(p.box)
		}
	}
}

// clear forgets the run that was shown.
func (p *picture) clear() {
	for _, v := range p.views {
		v.clear()
	}
	p.caption.Set("")
}

func (p *picture) close() {
	for _, v := range p.views {
		v.close()
	}
}
