package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/widgets"
)

// A Banner is a message across a page that says what happened and offers what can be done about it.
// It is hidden until there is something to say. A warning has room of its own and stays until it is
// closed or replaced. Where After is set, an ordinary message lies over the foot of the page and
// goes by itself, unless the mouse rests on it.
type Banner struct {
	widget.BaseWidget
	icon    *widget.Icon
	Text    *widget.Label
	buttons *fyne.Container
	stripe  *canvas.Rectangle
	kind    fyne.ThemeColorName
	box     *fyne.Container
	Around  *fyne.Container // that the banner is in, and that gives it room
	// After has a function called on the UI goroutine after some time, unless the function that it
	// returns is called before.
	After func(d time.Duration, f func()) (stop func())
	stop  func() // of the message that goes by itself; nil: none does
}

// messageTime is how long an ordinary message stays, and readingTime what each letter adds.
const messageTime, readingTime = 6 * time.Second, 50 * time.Millisecond

// NewBanner returns a banner that says nothing.
func NewBanner() *Banner {
	b := &Banner{icon: widget.NewIcon(theme.InfoIcon()), Text: NewText(""), buttons: container.NewHBox(), stripe: canvas.NewRectangle(nil), kind: theme.ColorNamePrimary}
	b.stripe.SetMinSize(fyne.NewSize(4, 0))
	closing := widgets.TipButton(theme.CancelIcon(), "", "Takes the message away", b.Clear)
	closing.Importance = widget.LowImportance
	row := container.NewBorder(nil, nil, container.NewCenter(b.icon), container.NewHBox(container.NewCenter(b.buttons), container.NewCenter(closing)), b.Text)
	back := NewSurface(theme.ColorNameMenuBackground)
	b.box = container.NewStack(back, container.NewBorder(nil, nil, b.stripe, nil, container.New(layout.NewCustomPaddedLayout(2, 2, 8, 4), row)))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Say shows a message; an empty one takes the last away.
func (b *Banner) Say(m studio.Message) {
	switch {
	case m.Text == "":
		b.Clear()
	case m.Warning:
		b.Warn(m.Text, m.Choices...)
	default:
		b.Info(m.Text, m.Choices...)
	}
}

// Info shows an ordinary message.
func (b *Banner) Info(text string, choices ...studio.Choice) {
	b.show(theme.InfoIcon(), theme.ColorNamePrimary, text, choices)
}

// Warn shows a message about something that went wrong.
func (b *Banner) Warn(text string, choices ...studio.Choice) {
	b.show(theme.WarningIcon(), theme.ColorNameWarning, text, choices)
}

func (b *Banner) show(icon fyne.Resource, kind fyne.ThemeColorName, text string, choices []studio.Choice) {
	b.icon.SetResource(icon)
	b.kind = kind
	b.Text.SetText(text)
	b.buttons.RemoveAll()
	for _, c := range choices {
		b.buttons.Add(widgets.TipButton(nil, c.Title, "", func() {
			b.Clear()
			c.Do()
		}))
	}
	b.Show()
	Relayout(b.Around, b.Around) // the text's height is known once it has a width
	b.Refresh()
	b.goLater()
}

// passing tells whether the message goes by itself.
func (b *Banner) passing() bool { return b.After != nil && b.kind == theme.ColorNamePrimary }

// goLater has a message that goes by itself go after the time that reading it takes.
func (b *Banner) goLater() {
	b.stay()
	if b.passing() {
		b.stop = b.After(messageTime+time.Duration(len(b.Text.Text))*readingTime, b.Clear)
	}
}

// stay keeps the message.
func (b *Banner) stay() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
}

// MouseIn is part of desktop.Hoverable: what is looked at stays.
func (b *Banner) MouseIn(*desktop.MouseEvent) { b.stay() }

// MouseMoved is part of desktop.Hoverable.
func (b *Banner) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (b *Banner) MouseOut() {
	if b.Visible() {
		b.goLater()
	}
}

// Clear takes the message away.
func (b *Banner) Clear() {
	b.stay()
	if SetShown(b, false) {
		Relayout(b.Around)
	}
}

// CreateRenderer is part of fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	r := &bannerRenderer{WidgetRenderer: widget.NewSimpleRenderer(b.box), banner: b}
	b.stripe.FillColor = theme.ColorForWidget(b.kind, b)
	return r
}

type bannerRenderer struct {
	fyne.WidgetRenderer
	banner *Banner
}

func (r *bannerRenderer) Refresh() {
	r.banner.stripe.FillColor = theme.ColorForWidget(r.banner.kind, r.banner)
	r.banner.stripe.Refresh()
	r.WidgetRenderer.Refresh()
}

// An Under layout has a page, and a banner above it or over its foot.
type Under struct{ Banner *Banner }

// Layout is part of fyne.Layout.
func (u Under) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	page, b := objects[0], objects[1]
	var top float32
	if b.Visible() {
		b.Resize(fyne.NewSize(size.Width, b.Size().Height)) // texts that wrap know their height by their width
		height := b.MinSize().Height
		b.Resize(fyne.NewSize(size.Width, height))
		if u.Banner.passing() {
			b.Move(fyne.NewPos(0, size.Height-height))
		} else {
			b.Move(fyne.Position{})
			top = height
		}
	}
	page.Move(fyne.NewPos(0, top))
	page.Resize(fyne.NewSize(size.Width, size.Height-top))
}

// MinSize is part of fyne.Layout.
func (u Under) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
