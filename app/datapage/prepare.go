package datapage

import (
	"context"
	"fmt"
	"image"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A preparation shows one picture as it was and as the network will get it, and the controls that
// lead from one to the other. What is changed shows here at once, while the other pictures are
// still being read anew.
type preparation struct {
	s    *studio.Studio
	host ui.Host
	box  fyne.CanvasObject

	name, about *ui.Note
	before      *widgets.CropView
	after, flip *widgets.CropView
	afters      *fyne.Container
	*controls
	inner *fyne.Container // the pictures above the controls

	onPicture func() // another picture is shown
	source    string
	cell      int // with which originals are cut
	frames    int // the stride with which they are taken out of files
	originals *datasets.Originals
	set       datasets.Set // whole, from which the picture is
	item      int          // of set; −1: none
	original  image.Image  // nil: not read yet, or it cannot be
	focus     [2]float64   // as it is dragged, from the left and the top
	reading   context.CancelFunc
	drawing   bool // a picture is being prepared,
	stale     bool // and will be out of date
	prepared  datasets.Options
}

func newPreparation(s *studio.Studio, host ui.Host) *preparation {
	p := &preparation{s: s, host: host, onPicture: func() {}, item: -1, focus: [2]float64{0.5, 0.5}}
	p.name, p.about = ui.NewNoteLine(""), ui.NewNoteLine("")
	p.name.Segment.Style.ColorName = theme.ColorNameForeground
	p.before, p.after, p.flip = widgets.NewCropView(), widgets.NewCropView(), widgets.NewCropView()
	p.before.Empty, p.after.Empty = "Choose a picture", ""
	p.before.OnMove, p.before.OnMoveEnd = p.drag, p.dragged
	p.flip.Hide()
	p.afters = container.NewGridWithRows(1, p.after, p.flip)
	p.controls = newControls(s, host)
	caption := func(title string, right *ui.Note) fyne.CanvasObject {
		return container.NewBorder(nil, nil, ui.NewSection(title), nil, right)
	}
	pictures := container.New(matched{match: p.match}, container.NewBorder(caption("Before", p.name), nil, nil, nil, p.before),
		container.NewBorder(caption("After", p.about), nil, nil, nil, p.afters))
	p.inner = container.NewBorder(nil, widgets.Dense(p.rows), nil, nil, pictures)
	p.box = ui.NewPanel(p.inner)
	return p
}

// refresh shows the plan's preparation and, of other data, another picture.
func (p *preparation) refresh() {
	if p.controls.refresh() {
		ui.Relayout(p.inner, p.rows)
	}
	p.focus = [2]float64{p.s.Plan.Now().FocusX, p.s.Plan.Now().FocusY}
	if p.s.Data.Whole == nil || p.s.Data.Whole.Info().Kind != datasets.Pictures {
		p.redraw()
		return
	}
	if o := p.s.Data.Options; p.s.Data.Name != p.source || o.Cell != p.cell || o.Stride != p.frames {
		p.forget()
		p.source, p.cell, p.frames, p.originals = p.s.Data.Name, o.Cell, o.Stride, datasets.OpenOriginals(p.s.Data.Name, o)
	}
	if p.s.Data.Whole != p.set {
		count := p.s.Data.Whole.Len()
		p.set = p.s.Data.Whole
		item := p.item
		if p.original == nil || item < 0 || item >= count {
			item = 0
			if p.s.Data.Set != nil {
				_, item = datasets.Whole(p.s.Data.Set, 0)
			}
		}
		if p.original == nil || item != p.item {
			p.show(item)
		}
		p.onPicture()
	}
	p.redraw()
}

// forget drops the picture, and lets go of the files.
func (p *preparation) forget() {
	if p.reading != nil {
		p.reading()
		p.reading = nil
	}
	if old := p.originals; old != nil {
		p.s.Jobs.Start(func(context.Context) error { old.Close(); return nil }, nil)
	}
	p.source, p.originals, p.set, p.item, p.original = "", nil, nil, -1, nil
	p.before.SetPicture(nil)
}

// show reads another picture of the whole set.
func (p *preparation) show(item int) {
	if p.originals == nil || p.set == nil {
		return
	}
	if p.reading != nil {
		p.reading()
	}
	p.item = item
	set, originals := p.set, p.originals
	var img, small image.Image
	p.reading = p.s.Jobs.Start(func(ctx context.Context) (err error) {
		if img, err = originals.Picture(ctx, set, item); err == nil {
			small = ui.Shrunken(img, 2*largestBefore)
		}
		return err
	}, func(err error) {
		if p.originals != originals || p.item != item {
			return // another one was asked for since
		}
		p.original = img
		p.before.Empty = ""
		if err != nil {
			small = nil
			p.before.Empty = words.Sentence(err.Error())
		}
		p.before.SetPicture(small)
		p.name.Set(p.title())
		p.prepared = datasets.Options{}
		p.redraw()
	})
}

// largestBefore is the longest side at which an original is shown, in Fyne's units.
const largestBefore = 280

// title is the name of the picture's file with its class, or its number.
func (p *preparation) title() string {
	origin := datasets.OriginOf(p.set, p.item)
	text := origin.Name
	if i := strings.IndexByte(text, '/'); i >= 0 {
		text = text[i+1:]
	}
	if text == "" {
		text = "item " + humanize.Comma(int64(p.item))
	}
	if p.original != nil {
		text += fmt.Sprintf(", %d×%d", p.original.Bounds().Dx(), p.original.Bounds().Dy())
	}
	return text
}

// options are the plan's, with the focus as it is dragged.
func (p *preparation) options() datasets.Options {
	o := studio.DataOptions(p.s.Plan.Now())
	o.FocusX, o.FocusY, o.LeaveOut = p.focus[0]-0.5, p.focus[1]-0.5, ""
	return o
}

// redraw shows which part is used now, and has the picture prepared anew.
func (p *preparation) redraw() {
	o := p.options()
	mirrored := p.s.Plan.Now().Mirror
	if ui.SetShown(p.flip, mirrored) {
		p.afters.Refresh()
	}
	if p.original == nil {
		p.after.SetPicture(nil)
		p.flip.SetPicture(nil)
		p.about.Set("")
		return
	}
	p.frame(o)
	if p.drawing || o == p.prepared {
		p.stale = p.drawing
		return
	}
	p.drawing, p.prepared = true, o
	img := p.original
	var out, turned image.Image
	p.s.Jobs.Start(func(context.Context) (err error) {
		if out, _, err = datasets.Prepared(img, o); err == nil {
			turned = flipped(out)
		}
		return err
	}, func(err error) {
		p.drawing = false
		if err == nil && p.original == img {
			p.after.SetPicture(out)
			p.flip.SetPicture(turned)
			p.about.Set(fmt.Sprintf("%d×%d, %s", o.Size, o.Size, channelName(o.Channels)))
		}
		if p.stale || p.original != img {
			p.stale = false
			p.prepared = datasets.Options{}
			p.redraw()
		}
	})
}

// frame shows which part of the original is used.
func (p *preparation) frame(o datasets.Options) {
	b := p.original.Bounds()
	part := datasets.Part(b, o).Sub(b.Min)
	w, h := float32(b.Dx()), float32(b.Dy())
	movable := o.Fit == "crop" && b.Dx() != b.Dy()
	p.before.SetPart(float32(part.Min.X)/w, float32(part.Min.Y)/h, float32(part.Max.X)/w, float32(part.Max.Y)/h, movable)
	p.match()
}

// drag moves the focus with the mouse. It stays where moving it has an effect on this picture.
func (p *preparation) drag(dx, dy float32) {
	if p.original == nil {
		return
	}
	b := p.original.Bounds()
	side := float64(min(b.Dx(), b.Dy()))
	for axis, d := range [2]float32{dx, dy} {
		length := float64(b.Dx())
		if axis == 1 {
			length = float64(b.Dy())
		}
		if margin := side / 2 / length; margin < 0.5 {
			p.focus[axis] = max(margin, min(1-margin, p.focus[axis]+float64(d)))
		}
	}
	p.redraw()
}

// dragged makes the focus that was dragged the plan's.
func (p *preparation) dragged() {
	p.setFocus(math.Round(1000*p.focus[0])/1000, math.Round(1000*p.focus[1])/1000)
}

// flipped returns a picture mirrored left to right.
func flipped(img image.Image) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(b.Dx()-1-x, y, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
