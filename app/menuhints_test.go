package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// TestKeysInMenus: keys stand one below the other, whatever the labels become, and Fyne, which
// would write them too pale, writes none.
func TestKeysInMenus(t *testing.T) {
	test.NewTempApp(t)
	undo, save, plain := fyne.NewMenuItem("Undo", nil), fyne.NewMenuItem("Save as…", nil), fyne.NewMenuItem("a\tb.ganvas", nil)
	undo.Shortcut, save.Shortcut = &fyne.ShortcutUndo{}, shortcut(fyne.KeyS, ctrlShift)
	menu := fyne.NewMenu("Edit", undo, fyne.NewMenuItemSeparator(), save, plain)
	for _, label := range []string{"Undo", "Undo “Change the batch of everything that is learnt from”", "Undo"} {
		undo.Label = label
		showKeysIn(menu)
		at := make(map[float32]bool)
		for _, i := range []*fyne.MenuItem{undo, save} {
			place := strings.LastIndex(i.Label, "\t") + 1
			at[widthOf(i.Label[:place])] = true
			if _, drawn := i.Shortcut.(fyne.KeyboardShortcut); drawn {
				t.Errorf("Fyne draws the keys of %q", i.Label)
			}
		}
		if len(at) != 1 || !strings.HasSuffix(undo.Label, "\tCtrl+Z") || !strings.HasSuffix(save.Label, "\tCtrl+Shift+S") || plain.Label != "a\tb.ganvas" {
			t.Errorf("%q, %q and %q: keys at %v", undo.Label, save.Label, plain.Label, at)
		}
	}
	if got, want := save.Shortcut.ShortcutName(), (&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: ctrlShift}).ShortcutName(); got != want {
		t.Errorf("the keys lead to %q, want %q", got, want)
	}
}
