package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
)

// A banner is a message across a page that says what happened and offers what can be done about it.
// It is hidden until there is something to say, and stays until it is closed or replaced.
type banner struct {
	widget.BaseWidget
	icon    *widget.Icon
	text    *widget.Label
	buttons *fyne.Container
	stripe  *canvas.Rectangle
	kind    fyne.ThemeColorName
	box     *fyne.Container
	around  *fyne.Container // that the banner is in, and that gives it room
}

func newBanner() *banner {
	b := &banner{icon: widget.NewIcon(theme.InfoIcon()), text: newText(""), buttons: container.NewHBox(), stripe: canvas.NewRectangle(nil), kind: theme.ColorNamePrimary}
	b.stripe.SetMinSize(fyne.NewSize(4, 0))
	closing := widget.NewButtonWithIcon("", theme.CancelIcon(), b.hide)
	closing.Importance = widget.LowImportance
	row := container.NewBorder(nil, nil, container.NewCenter(b.icon), container.NewHBox(container.NewCenter(b.buttons), container.NewCenter(closing)), b.text)
	back := newSurface(theme.ColorNameMenuBackground)
	b.box = container.NewStack(back, container.NewBorder(nil, nil, b.stripe, nil, container.New(layout.NewCustomPaddedLayout(2, 2, 8, 4), row)))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// say shows a message; an empty one takes the last away.
func (b *banner) say(m studio.Message) {
	switch {
	case m.Text == "":
		b.hide()
	case m.Warning:
		b.warn(m.Text, m.Choices...)
	default:
		b.info(m.Text, m.Choices...)
	}
}

// info shows an ordinary message.
func (b *banner) info(text string, choices ...studio.Choice) {
	b.show(theme.InfoIcon(), theme.ColorNamePrimary, text, choices)
}

// warn shows a message about something that went wrong.
func (b *banner) warn(text string, choices ...studio.Choice) {
	b.show(theme.WarningIcon(), theme.ColorNameWarning, text, choices)
}

func (b *banner) show(icon fyne.Resource, kind fyne.ThemeColorName, text string, choices []studio.Choice) {
	b.icon.SetResource(icon)
	b.kind = kind
	b.text.SetText(text)
	b.buttons.RemoveAll()
	for _, c := range choices {
		b.buttons.Add(widget.NewButton(c.Title, func() {
			b.hide()
			c.Do()
		}))
	}
	b.Show()
	relayout(b.around, b.around) // the text's height is known once it has a width
	b.Refresh()
}

// hide takes the message away.
func (b *banner) hide() {
	if setShown(b, false) {
		relayout(b.around)
	}
}

// CreateRenderer is part of fyne.Widget.
func (b *banner) CreateRenderer() fyne.WidgetRenderer {
	r := &bannerRenderer{WidgetRenderer: widget.NewSimpleRenderer(b.box), banner: b}
	b.stripe.FillColor = theme.ColorForWidget(b.kind, b)
	return r
}

type bannerRenderer struct {
	fyne.WidgetRenderer
	banner *banner
}

func (r *bannerRenderer) Refresh() {
	r.banner.stripe.FillColor = theme.ColorForWidget(r.banner.kind, r.banner)
	r.banner.stripe.Refresh()
	r.WidgetRenderer.Refresh()
}
