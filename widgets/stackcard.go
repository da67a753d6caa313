package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A layerCard shows one layer: a line with its name and what leaves it, its knobs, and what is
// wrong with it.
type layerCard struct {
	widget.BaseWidget
	stack *LayerStack
	index int
	card  Card
	hint  string // what is wrong with what is being typed

	back         *box
	grip         *cardGrip
	title, shape *tipLine
	params       *line
	buttons      fyne.CanvasObject
	knobs        []*cardKnob
	flow         *fyne.Container
	flowTheme    fyne.CanvasObject
	icon         *widget.Icon
	trouble      *widget.Label
	fixes        *fyne.Container
	fixesTheme   fyne.CanvasObject
	objects      []fyne.CanvasObject
}

func newLayerCard(s *LayerStack, index int, card Card) *layerCard {
	c := &layerCard{stack: s, index: index, card: card}
	c.back = newBox(theme.ColorNameInputBackground, theme.SizeNameInputRadius)
	c.grip = newCardGrip(c)
	c.title = newTipLine("", theme.SizeNameText, theme.ColorNameForeground, 40)
	c.title.bold = true
	c.params = newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder)
	c.shape = newTipLine("", theme.SizeNameText, theme.ColorNameForeground, -1)
	c.buttons = c.newButtons()
	c.flow = container.New(&flowLayout{gapX: 10, gapY: 2})
	for i, k := range card.Knobs {
		knob := newCardKnob(k, func(value string) {
			if s.OnKnob != nil && c.index >= 0 {
				s.OnKnob(c.index, i, value)
			}
		}, c.findHint)
		c.knobs = append(c.knobs, knob)
		c.flow.Add(knob.object)
	}
	c.flow.Add(c.params)
	c.flowTheme = compact(c.flow)
	c.icon = widget.NewIcon(theme.NewErrorThemedResource(theme.WarningIcon()))
	c.trouble = widget.NewLabel("")
	c.trouble.Wrapping = fyne.TextWrapWord
	c.trouble.SizeName = theme.SizeNameCaptionText
	c.fixes = container.New(&flowLayout{gapX: 6, gapY: 4})
	c.fixesTheme = compact(c.fixes)
	c.objects = []fyne.CanvasObject{c.back, c.grip, c.title, c.shape, c.buttons, c.flowTheme, c.icon, c.trouble, c.fixesTheme}
	c.ExtendBaseWidget(c)
	c.card.Fixes = nil // set makes their buttons
	c.set(card)
	return c
}

func (c *layerCard) newButtons() fyne.CanvasObject {
	button := func(icon fyne.Resource, tip string, tapped func()) *TippedButton {
		b := TipButton(icon, "", tip, tapped)
		b.Importance = widget.LowImportance
		return b
	}
	duplicate := button(theme.ContentCopyIcon(), "Duplicate this layer", func() { c.call(c.stack.OnDuplicate) })
	remove := button(theme.DeleteIcon(), "Remove this layer", func() { c.call(c.stack.OnRemove) })
	var more *TippedButton
	more = button(theme.MoreVerticalIcon(), "More", func() {
		pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		c.showMenu(pos.AddXY(0, more.Size().Height))
	})
	return compact(container.New(layout.NewCustomPaddedHBoxLayout(2), duplicate, remove, more))
}

func (c *layerCard) call(f func(int)) {
	if f != nil && c.index >= 0 {
		f(c.index)
	}
}

// holds says whether one of the card's controls has the keyboard.
func (c *layerCard) holds(focused fyne.Focusable) bool {
	if focused == nil {
		return false
	}
	for _, k := range c.knobs {
		if k.entry != nil && focused == fyne.Focusable(k.entry) || k.choice != nil && focused == fyne.Focusable(k.choice) ||
			k.check != nil && focused == fyne.Focusable(k.check) {
			return true
		}
	}
	return focused == fyne.Focusable(c.grip)
}

// TappedSecondary opens the card's menu.
func (c *layerCard) TappedSecondary(e *fyne.PointEvent) { c.showMenu(e.AbsolutePosition) }

func (c *layerCard) menu() *fyne.Menu {
	up := fyne.NewMenuItem("Move up", func() { c.stack.move(c.index, c.index-1) })
	up.Icon, up.Disabled = theme.MoveUpIcon(), c.index == 0
	down := fyne.NewMenuItem("Move down", func() { c.stack.move(c.index, c.index+1) })
	down.Icon, down.Disabled = theme.MoveDownIcon(), c.index == len(c.stack.cards)-1
	duplicate := fyne.NewMenuItem("Duplicate", func() { c.call(c.stack.OnDuplicate) })
	duplicate.Icon = theme.ContentCopyIcon()
	remove := fyne.NewMenuItem("Remove", func() { c.call(c.stack.OnRemove) })
	remove.Icon = theme.DeleteIcon()
	return fyne.NewMenu("", up, down, duplicate, fyne.NewMenuItemSeparator(), remove)
}

func (c *layerCard) showMenu(at fyne.Position) {
	if on := fyne.CurrentApp().Driver().CanvasForObject(c); on != nil {
		widget.ShowPopUpMenuAtPosition(c.menu(), on, at)
	}
}

// set shows card, which has the same controls; it says whether the card's height may have changed.
func (c *layerCard) set(card Card) bool {
	resized := c.card.Error != card.Error || c.card.Params != card.Params || !slices.Equal(c.card.Fixes, card.Fixes)
	for i, k := range c.knobs {
		resized = k.set(card.Knobs[i]) || resized
	}
	same := c.card.title(c.stack.short) == card.title(c.stack.short) && c.card.Shape == card.Shape && c.card.Params == card.Params
	if !slices.Equal(c.card.Fixes, card.Fixes) {
		c.setFixes(card.Fixes)
	}
	c.card = card
	if resized || !same || c.title.text == "" {
		c.Refresh()
	}
	return resized
}

func (c *layerCard) setFixes(titles []string) {
	c.fixes.RemoveAll()
	for i, title := range titles {
		b := TipButton(nil, title, "", func() {
			if c.stack.OnFix != nil {
				c.stack.OnFix(c.index, i)
			}
		})
		b.Importance = widget.HighImportance
		c.fixes.Add(b)
	}
	c.fixesTheme.Refresh() // gives the new buttons the theme
}

// findHint shows what is wrong with what is being typed.
func (c *layerCard) findHint() {
	hint := ""
	for _, k := range c.knobs {
		if hint == "" {
			hint = k.trouble()
		}
	}
	if c.hint == hint {
		return
	}
	c.hint = hint
	c.Refresh()
	c.stack.relayout()
	c.stack.tellWrong()
}

// troubleText returns what is wrong: first with what is being typed.
func (c *layerCard) troubleText() string {
	if c.hint != "" {
		return c.hint
	}
	return c.card.Error
}

// Measures of a card, in Fyne's units.
const (
	cardPad      = 6
	cardGripW    = 18
	cardIcon     = 18
	cardKnobGap  = 2
	cardShapeGap = 5 // before the buttons
	cardTitleGap = 6 // before the shape
)

// heightAt is part of flexible.
func (c *layerCard) heightAt(width float32) float32 { return c.arrange(width, false) }

// fits says whether the longer title fits into a card of a width, beside what leaves the layer.
func (c *layerCard) fits(width float32) bool {
	room := width - 2*cardPad - cardGripW - 4 - cardTitleGap - c.shape.MinSize().Width - cardShapeGap - c.buttons.MinSize().Width
	return fyne.MeasureText(c.card.title(false), theme.SizeForWidget(c.title.size, c.title), fyne.TextStyle{Bold: true}).Width <= room
}

// arrange computes the height at a width and, if put is true, gives everything its place.
func (c *layerCard) arrange(width float32, put bool) float32 {
	at := func(o fyne.CanvasObject, x, y, w, h float32) {
		if put {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, h))
		}
	}
	inner := width - 2*cardPad
	buttons := c.buttons.MinSize()
	header := max(buttons.Height, c.title.MinSize().Height)
	middle := func(h float32) float32 { return cardPad + (header-h)/2 }
	left := float32(cardPad + cardGripW + 4)
	right := width - cardPad - buttons.Width
	at(c.buttons, right, middle(buttons.Height), buttons.Width, buttons.Height)
	at(c.grip, cardPad, cardPad, cardGripW, header)
	shape := c.shape.MinSize()
	shape.Width = min(shape.Width, max(0, right-left-40))
	right -= shape.Width + cardShapeGap
	at(c.shape, right, middle(shape.Height), shape.Width, shape.Height)
	title := c.title.MinSize().Height
	at(c.title, left, middle(title), max(0, right-cardTitleGap-left), title)
	y := cardPad + header
	if len(c.knobs) > 0 || c.params.text != "" {
		w := inner - cardGripW - 4
		flow := c.flow.Layout.(*flowLayout)
		h := flow.place(c.flow.Objects, w, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
		at(c.flowTheme, left, y+cardKnobGap, w, h)
		y += cardKnobGap + h
	}
	if c.troubleText() != "" {
		y = c.arrangeTrouble(y, width, at)
	}
	y += cardPad
	at(c.back, 0, 0, width, y)
	return y
}

func (c *layerCard) arrangeTrouble(y, width float32, at func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	const gap = 6
	w := width - 2*cardPad - cardIcon
	c.trouble.Resize(fyne.NewSize(w, c.trouble.MinSize().Height))
	h := c.trouble.MinSize().Height
	pad := theme.SizeForWidget(theme.SizeNameInnerPadding, c)
	at(c.icon, cardPad, y+pad-1, cardIcon, cardIcon)
	at(c.trouble, cardPad+cardIcon, y, w, h)
	y += h
	if len(c.fixes.Objects) > 0 {
		flow := c.fixes.Layout.(*flowLayout)
		w -= pad
		h := flow.place(c.fixes.Objects, w, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
		at(c.fixesTheme, cardPad+cardIcon+pad, y-pad+gap, w, h)
		y += h - pad + 2*gap
	}
	return y
}

// held is part of holder.
func (c *layerCard) held() []fyne.CanvasObject { return c.objects }

// CreateRenderer is part of fyne.Widget.
func (c *layerCard) CreateRenderer() fyne.WidgetRenderer {
	r := &layerCardRenderer{card: c}
	r.Refresh()
	return r
}

type layerCardRenderer struct{ card *layerCard }

func (r *layerCardRenderer) Layout(size fyne.Size)        { r.card.arrange(size.Width, true) }
func (r *layerCardRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, 40) }
func (r *layerCardRenderer) Objects() []fyne.CanvasObject { return r.card.objects }
func (r *layerCardRenderer) Destroy()                     {}

func (r *layerCardRenderer) Refresh() {
	c := r.card
	c.title.set(c.card.title(c.stack.short))
	c.params.set(c.card.Params)
	c.shape.set(c.card.Shape)
	trouble := c.troubleText()
	c.trouble.SetText(trouble)
	c.icon.Hidden, c.trouble.Hidden = trouble == "", trouble == ""
	if c.hint != "" || len(c.card.Fixes) == 0 {
		c.fixesTheme.Hide()
	} else {
		c.fixesTheme.Show()
	}
	stroke, width := fyne.ThemeColorName(""), float32(0)
	switch {
	case c.grip.dragging:
		stroke, width = theme.ColorNamePrimary, 2
	case trouble != "":
		stroke, width = theme.ColorNameError, 1.5
	}
	c.back.set(theme.ColorNameInputBackground, stroke, width)
	r.Layout(c.Size())
	canvas.Refresh(c)
}
