package widgets

import (
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
)

// A gridSelection is what is chosen of a grid: with Shift all from the last item to this one, with
// Ctrl one more or one less.
type gridSelection struct {
	items  map[int]bool // nil: none
	anchor int          // where a range begins: the item that was tapped or chosen last; −1: none
	held   fyne.KeyModifier
	boxes  []*box // around those that are in sight
}

// Selected returns the items that are chosen, in order.
func (g *PictureGrid) Selected() []int { return slices.Sorted(maps.Keys(g.body.selection.items)) }

// Select chooses items, and no others.
func (g *PictureGrid) Select(items []int) {
	chosen := make(map[int]bool, len(items))
	for _, i := range items {
		chosen[i] = true
	}
	g.body.choose(chosen)
}

// choose makes items the selection, and tells.
func (b *gridBody) choose(items map[int]bool) {
	if len(items) == 0 && len(b.selection.items) == 0 {
		return
	}
	b.selection.items = items
	b.mark()
	if b.grid.OnSelect != nil {
		b.grid.OnSelect(b.grid.Selected())
	}
}

// chooseTo takes item i, and all between it and where the selection begins.
func (b *gridBody) chooseTo(i int) {
	s := &b.selection
	if s.anchor < 0 {
		s.anchor = i
	}
	items := make(map[int]bool)
	for k := min(s.anchor, i); k <= max(s.anchor, i); k++ {
		items[k] = true
	}
	b.choose(items)
}

// tap taps item i, or, with Shift or Ctrl held, chooses.
func (b *gridBody) tap(i int) {
	s := &b.selection
	switch {
	case b.grid.OnSelect != nil && s.held&fyne.KeyModifierShift != 0:
		b.chooseTo(i)
	case b.grid.OnSelect != nil && s.held&fyne.KeyModifierShortcutDefault != 0:
		items := maps.Clone(s.items)
		if items == nil {
			items = make(map[int]bool)
		}
		if items[i] {
			delete(items, i)
		} else {
			items[i] = true
		}
		s.anchor = i
		b.choose(items)
	default:
		s.anchor = i
		b.choose(nil)
		if b.grid.OnTapped != nil {
			b.grid.OnTapped(i)
		}
	}
}

// MouseDown is part of desktop.Mouseable: it tells which keys are held.
func (b *gridBody) MouseDown(e *desktop.MouseEvent) { b.selection.held = e.Modifier }

// MouseUp is part of desktop.Mouseable.
func (b *gridBody) MouseUp(*desktop.MouseEvent) {}

// KeyDown is part of desktop.Keyable.
func (b *gridBody) KeyDown(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		b.selection.held |= fyne.KeyModifierShift
	}
}

// KeyUp is part of desktop.Keyable.
func (b *gridBody) KeyUp(e *fyne.KeyEvent) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		b.selection.held &^= fyne.KeyModifierShift
	}
}

// TypedShortcut is part of fyne.Shortcutable: all of the grid can be chosen.
func (b *gridBody) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); !all || b.grid.OnSelect == nil {
		return
	}
	b.selection.anchor = 0
	if n := b.grid.easel.current().count; n > 0 {
		b.chooseTo(n - 1)
	}
}

// markSelection draws a box around each chosen item that is in sight.
func (b *gridBody) markSelection() {
	s := &b.selection
	n := 0
	if len(s.items) > 0 {
		l := b.grid.layout()
		top := int(max(0, b.grid.scroll.Offset.Y) / l.pitchY)
		bottom := top + int(b.grid.scroll.Size().Height/l.pitchY) + 2
		for i := top * l.columns; i < min(bottom*l.columns, b.grid.easel.current().count); i++ {
			if !s.items[i] {
				continue
			}
			if n == len(s.boxes) {
				s.boxes = append(s.boxes, newBox(theme.ColorNameSelection, theme.SizeNameSelectionRadius))
				s.boxes[n].stroke, s.boxes[n].strokeWidth = theme.ColorNamePrimary, 2
				b.layer.Add(s.boxes[n])
			}
			s.boxes[n].Move(l.at(i).SubtractXY(3, 3))
			s.boxes[n].Resize(fyne.NewSquareSize(l.cell + 6))
			s.boxes[n].Show()
			n++
		}
	}
	for _, x := range s.boxes[n:] {
		x.Hide()
	}
}
