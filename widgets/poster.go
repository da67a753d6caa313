package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// A Poster is a large choice: what it leads to as a picture, a title, a few lines about it, and a
// quiet line below. It can be tapped, or focused and pressed with Space.
type Poster struct {
	pressable
	look     PosterLook
	art      fyne.CanvasObject
	title    *line
	text     *paragraph
	note     *line
	selected bool
	help     string // of a Tip
	tip      tipTimer
}

// A PosterLook is how large a poster's parts are.
type PosterLook struct {
	Width float32 // at least
	Art   float32 // the height of the picture
	Lines int     // of text that there is room for
	Large bool    // title and text are those of a page, not of a list
}

// NewPoster returns a poster; art may be nil, and note empty.
func NewPoster(look PosterLook, art fyne.CanvasObject, title, text, note string, onTapped func()) *Poster {
	p := &Poster{look: look, art: art}
	titleSize, textSize := theme.SizeNameText, theme.SizeNameCaptionText
	if look.Large {
		titleSize, textSize = theme.SizeNameSubHeadingText, theme.SizeNameText
	}
	p.title = newLine(title, titleSize, theme.ColorNameForeground).cut(40)
	p.title.bold = true
	p.text = newParagraph(text, textSize, theme.ColorNameForeground)
	p.text.most = look.Lines
	p.note = newLine(note, theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(40)
	p.tapped = onTapped
	p.ExtendBaseWidget(p)
	return p
}

// OnTapped has f called when the poster is tapped or pressed.
func (p *Poster) OnTapped(f func()) { p.tapped = f }

// Title returns the poster's title.
func (p *Poster) Title() string { return p.title.text }

// Note returns the quiet line.
func (p *Poster) Note() string { return p.note.text }

// SetNote replaces the quiet line.
func (p *Poster) SetNote(note string) { p.note.set(note) }

// SetText replaces title and text.
func (p *Poster) SetText(title, text string) {
	p.title.set(title)
	p.text.set(text)
}

// Text returns the lines about it.
func (p *Poster) Text() string { return p.text.text }

// SetSelected marks the poster as the one that is chosen.
func (p *Poster) SetSelected(on bool) {
	if p.selected != on {
		p.selected = on
		p.Refresh()
	}
}

// Selected says whether the poster is marked as the one that is chosen.
func (p *Poster) Selected() bool { return p.selected }

// setTip is part of selfTipped.
func (p *Poster) setTip(text string) { p.help = text }

// timer is part of selfTipped.
func (p *Poster) timer() *tipTimer { return &p.tip }

// MouseIn is part of desktop.Hoverable. The tip begins with what of the poster's text is cut.
func (p *Poster) MouseIn(e *desktop.MouseEvent) {
	p.pressable.MouseIn(e)
	p.tip.text = joined(p.title.hidden(), joined(p.text.hidden(), joined(p.note.hidden(), p.help)))
	p.tip.enter(p, e)
}

// MouseMoved is part of desktop.Hoverable.
func (p *Poster) MouseMoved(e *desktop.MouseEvent) { p.tip.move(p, e) }

// MouseOut is part of desktop.Hoverable.
func (p *Poster) MouseOut() {
	p.pressable.MouseOut()
	p.tip.leave()
}

// Tapped is part of fyne.Tappable; the poster's tip has then done its work.
func (p *Poster) Tapped(e *fyne.PointEvent) {
	p.tip.leave()
	p.pressable.Tapped(e)
}

// CreateRenderer is part of fyne.Widget.
func (p *Poster) CreateRenderer() fyne.WidgetRenderer {
	r := &posterRenderer{poster: p, back: newBox(theme.ColorNameInputBackground, theme.SizeNameInputRadius)}
	r.objects = []fyne.CanvasObject{r.back}
	if p.art != nil {
		r.objects = append(r.objects, p.art)
	}
	r.objects = append(r.objects, p.title, p.text, p.note)
	r.Refresh()
	return r
}

type posterRenderer struct {
	poster  *Poster
	back    *box
	objects []fyne.CanvasObject
}

// posterPad is the room around a poster's parts, posterGap that below its picture and its title.
const posterPad, posterGap = 10, 3

// padding returns the room around the parts.
func (r *posterRenderer) padding() float32 {
	if r.poster.look.Large {
		return posterPad + 4
	}
	return posterPad
}

func (r *posterRenderer) Layout(size fyne.Size) {
	p, pad := r.poster, r.padding()
	r.back.Resize(size)
	width, y := size.Width-2*pad, pad
	place := func(o fyne.CanvasObject, height float32) {
		o.Move(fyne.NewPos(pad, y))
		o.Resize(fyne.NewSize(width, height))
		y += height
	}
	if p.art != nil {
		place(p.art, max(0, p.look.Art+size.Height-r.MinSize().Height))
		y += 2 * posterGap
	}
	place(p.title, p.title.MinSize().Height)
	y += posterGap
	place(p.text, float32(p.look.Lines)*p.text.lineHeight())
	if p.note.text != "" {
		y += posterGap
		place(p.note, p.note.MinSize().Height)
	}
}

func (r *posterRenderer) MinSize() fyne.Size {
	p, pad := r.poster, r.padding()
	height := 2*pad + p.title.MinSize().Height + posterGap + float32(p.look.Lines)*p.text.lineHeight()
	if p.art != nil {
		height += p.look.Art + 2*posterGap
	}
	if p.note.text != "" {
		height += posterGap + p.note.MinSize().Height
	}
	return fyne.NewSize(p.look.Width, height)
}

func (r *posterRenderer) Refresh() {
	p := r.poster
	fill, stroke, width := theme.ColorNameInputBackground, fyne.ThemeColorName(""), float32(0)
	if p.hovered {
		fill = theme.ColorNameButton
	}
	if p.selected {
		stroke, width = theme.ColorNamePrimary, 2
	}
	if p.focused {
		stroke, width, fill = theme.ColorNamePrimary, 2, theme.ColorNameFocus
	}
	r.back.set(fill, stroke, width)
	r.Layout(p.Size())
	canvas.Refresh(p)
}

func (r *posterRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *posterRenderer) Destroy()                     {}
