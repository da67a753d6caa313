package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// A tipLine is a line that may be cut, and then tells its whole text under the mouse.
type tipLine struct {
	line
	tip tipTimer
}

// newTipLine returns a line that may become as narrow as width.
func newTipLine(text string, size fyne.ThemeSizeName, color fyne.ThemeColorName, width float32) *tipLine {
	l := &tipLine{line: line{text: text, size: size, color: color, narrow: width}}
	l.ExtendBaseWidget(l)
	return l
}

// MouseIn is part of desktop.Hoverable.
func (l *tipLine) MouseIn(e *desktop.MouseEvent) {
	l.tip.text = l.hidden()
	l.tip.enter(l, e)
}

// MouseMoved is part of desktop.Hoverable.
func (l *tipLine) MouseMoved(e *desktop.MouseEvent) { l.tip.move(l, e) }

// MouseOut is part of desktop.Hoverable.
func (l *tipLine) MouseOut() { l.tip.leave() }
