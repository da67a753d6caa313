package widgets

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// stripSpacing is the pixels between two pictures of a strip.
const stripSpacing = 1

// A Strip is one row of pictures, such as the way between two pinned ones.
type Strip struct {
	widget.BaseWidget
	OnTapped func(i int) // may be nil

	sheet *ContactSheet
	count int
}

// NewStrip returns an empty strip; empty is shown until there are pictures.
func NewStrip(empty string) *Strip {
	s := &Strip{sheet: NewContactSheet()}
	s.sheet.Empty = empty
	s.sheet.Spacing = stripSpacing
	s.ExtendBaseWidget(s)
	return s
}

// Set shows pictures from left to right; they are copied. None empties the strip.
func (s *Strip) Set(pictures []image.Image) {
	s.sheet.OnTapped = func(i int) {
		if s.OnTapped != nil {
			s.OnTapped(i)
		}
	}
	s.count = len(pictures)
	if len(pictures) == 0 {
		s.sheet.Set(nil, 0, 0)
		return
	}
	s.sheet.Set(Compose(pictures, len(pictures), stripSpacing, image.Transparent), len(pictures), 1)
}

// Count returns how many pictures are shown.
func (s *Strip) Count() int { return s.count }

// MinSize leaves room for small pictures.
func (s *Strip) MinSize() fyne.Size { return fyne.NewSize(160, 40) }

// CreateRenderer is part of fyne.Widget.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.sheet) }

// A PinSlot holds one picture that was put aside, or says what belongs there.
type PinSlot struct {
	pressable
	OnCleared func() // the user took the picture away

	empty   string
	picture *picture
}

// NewPinSlot returns an empty slot that shows the text empty; onTapped is called when the slot is
// pressed, full or not.
func NewPinSlot(empty string, onTapped func()) *PinSlot {
	s := &PinSlot{empty: empty, picture: newPicture(canvas.ImageScalePixels)}
	s.tapped = onTapped
	s.ExtendBaseWidget(s)
	return s
}

// Set shows img, which is not written again by the caller; nil empties the slot.
func (s *PinSlot) Set(img image.Image) {
	s.picture.image.Store(nil)
	if img != nil {
		s.picture.image.Store(toRGBA(img))
	}
	s.Refresh()
}

// Picture returns what the slot holds, nil for nothing.
func (s *PinSlot) Picture() image.Image {
	if img := s.picture.image.Load(); img != nil {
		return img
	}
	return nil
}

// Pinned says whether the slot holds a picture.
func (s *PinSlot) Pinned() bool { return s.picture.image.Load() != nil }

// TypedKey also takes the picture away with Delete.
func (s *PinSlot) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace {
		s.clear()
		return
	}
	s.pressable.TypedKey(e)
}

func (s *PinSlot) clear() {
	if !s.Pinned() {
		return
	}
	s.Set(nil)
	if s.OnCleared != nil {
		s.OnCleared()
	}
}

// CreateRenderer is part of fyne.Widget.
func (s *PinSlot) CreateRenderer() fyne.WidgetRenderer {
	r := &slotRenderer{slot: s, back: newBox(theme.ColorNameInputBackground, theme.SizeNameInputRadius), edge: newEdge(s.picture)}
	r.label = widget.NewRichText(&widget.TextSegment{Text: s.empty, Style: widget.RichTextStyle{
		Alignment: fyne.TextAlignCenter, ColorName: theme.ColorNamePlaceHolder, SizeName: theme.SizeNameCaptionText,
	}})
	r.label.Wrapping = fyne.TextWrapWord
	r.clear = TipButton(theme.CancelIcon(), "", "Take this pin away", s.clear)
	r.clear.Importance = widget.LowImportance
	r.corner = compact(r.clear)
	r.objects = []fyne.CanvasObject{r.back, s.picture.Raster, r.edge.Rectangle, r.label, r.corner}
	r.Refresh()
	return r
}

type slotRenderer struct {
	slot    *PinSlot
	back    *box
	edge    *edge
	label   *widget.RichText
	clear   *TippedButton
	corner  *Themed // holds clear
	objects []fyne.CanvasObject
}

func (r *slotRenderer) Layout(size fyne.Size) {
	const pad = 4
	r.back.Resize(size)
	r.label.Resize(fyne.NewSize(size.Width, r.label.MinSize().Height))
	height := r.label.MinSize().Height
	r.label.Resize(fyne.NewSize(size.Width, height))
	r.label.Move(fyne.NewPos(0, (size.Height-height)/2))
	button := r.corner
	button.Resize(button.MinSize())
	button.Move(fyne.NewPos(size.Width-button.MinSize().Width, 0))
	if img := r.slot.picture.image.Load(); img != nil {
		area := fyne.NewSize(size.Width-2*pad, size.Height-2*pad)
		pos, fitted := fitPixels(img.Rect.Dx(), img.Rect.Dy(), area, pixelScale(r.slot))
		r.slot.picture.Move(pos.AddXY(pad, pad))
		r.slot.picture.Resize(fitted)
	}
	r.edge.update(r.slot, theme.ColorNameInputBackground)
}

func (r *slotRenderer) Refresh() {
	s := r.slot
	full := s.Pinned()
	s.picture.Hidden = !full
	r.label.Hidden = full
	r.corner.Hidden = !full
	fill, stroke, width := theme.ColorNameInputBackground, theme.ColorNameInputBorder, float32(1)
	if s.hovered {
		fill = theme.ColorNameButton
	}
	if s.focused {
		stroke, width = theme.ColorNamePrimary, 2
	}
	r.back.set(fill, stroke, width)
	r.Layout(s.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *slotRenderer) MinSize() fyne.Size           { return fyne.NewSize(88, 88) }
func (r *slotRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *slotRenderer) Destroy()                     {}
