package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A TippedButton is a button with a tooltip; see TipButton.
type TippedButton struct {
	widget.Button
	whole fyne.Widget // which this is a part of
	tip   tipTimer
}

// ExtendBaseWidget is part of every widget's making.
func (b *TippedButton) ExtendBaseWidget(whole fyne.Widget) {
	if b.whole == nil {
		b.whole = whole
	}
	b.Button.ExtendBaseWidget(whole)
}

// FocusGained is part of fyne.Focusable.
func (b *TippedButton) FocusGained() {
	Reveal(b.whole)
	b.Button.FocusGained()
}

// TipButton returns a button with a tooltip; icon may be nil and label empty, but not both.
func TipButton(icon fyne.Resource, label, tip string, tapped func()) *TippedButton {
	b := &TippedButton{tip: tipTimer{text: tip}}
	b.Text, b.Icon, b.OnTapped = label, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// SetTip changes the tooltip's text. An empty text shows nothing.
func (b *TippedButton) SetTip(text string) { b.tip.text = text }

// MouseIn is called when the mouse comes over the button.
func (b *TippedButton) MouseIn(e *desktop.MouseEvent) {
	b.Button.MouseIn(e)
	b.tip.enter(b, e)
}

// MouseMoved is called when the mouse moves over the button.
func (b *TippedButton) MouseMoved(e *desktop.MouseEvent) {
	b.Button.MouseMoved(e)
	b.tip.move(b, e)
}

// MouseOut is called when the mouse leaves the button.
func (b *TippedButton) MouseOut() {
	b.Button.MouseOut()
	b.tip.leave()
}

// TypedKey presses the button with Space and Enter. All other keys go to the window.
func (b *TippedButton) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace:
		b.Button.TypedKey(e)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	default:
		passKey(b, e)
	}
}

// Tapped is called when the button is pressed; its tip has then done its work.
func (b *TippedButton) Tapped(e *fyne.PointEvent) {
	b.tip.leave()
	b.Button.Tapped(e)
}
