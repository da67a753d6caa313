package app

import (
	"runtime"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// A silentShortcut is a menu item's shortcut of which Fyne draws nothing: it would write the keys
// at a fifth of the text's opacity, which can hardly be read, and no theme can change that.
type silentShortcut struct{ fyne.Shortcut }

// showKeys writes the keys of all items behind their labels.
func (m *menus) showKeys() {
	for _, menu := range m.main.Items {
		showKeysIn(menu)
	}
}

// showKeysIn writes the keys of the items of a menu, and of those below it, behind their labels,
// one below the other. Labels that have their keys already are brought in line again.
func showKeysIn(menu *fyne.Menu) {
	if runtime.GOOS == "darwin" { // the system draws the menus, and the keys in them
		return
	}
	var column float32
	for _, i := range menu.Items {
		if i.ChildMenu != nil {
			showKeysIn(i.ChildMenu)
		}
		i.Label = labelOf(i)
		if keysOf(i.Shortcut) != "" {
			column = max(column, widthOf(i.Label+keyGap+"\t"))
		}
	}
	for _, i := range menu.Items {
		keys := keysOf(i.Shortcut)
		if keys == "" {
			continue
		}
		if _, ok := i.Shortcut.(silentShortcut); !ok {
			i.Shortcut = silentShortcut{i.Shortcut}
		}
		tabs := "\t"
		for len(tabs) < mostTabs && widthOf(i.Label+tabs) < column-1 {
			tabs += "\t"
		}
		i.Label += tabs + keys
	}
}

// keyGap is as wide as what stands between a label and its keys at least, and mostTabs how many
// stops of tabs there are at most.
const (
	keyGap   = "   "
	mostTabs = 40
)

// labelOf returns the label of an item without its keys. Names of files may hold tabs of their own.
func labelOf(i *fyne.MenuItem) string {
	if keysOf(i.Shortcut) == "" {
		return i.Label
	}
	label, _, _ := strings.Cut(i.Label, "\t")
	return label
}

// widthOf is how wide a menu writes a text.
func widthOf(text string) float32 {
	return fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width
}

// keysOf writes the keys of a shortcut: "Ctrl+Shift+S"; "" where it has none.
func keysOf(s fyne.Shortcut) string {
	if silent, ok := s.(silentShortcut); ok {
		s = silent.Shortcut
	}
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return ""
	}
	keys := ""
	for _, m := range []struct {
		modifier fyne.KeyModifier
		name     string
	}{{fyne.KeyModifierControl, "Ctrl+"}, {fyne.KeyModifierAlt, "Alt+"}, {fyne.KeyModifierShift, "Shift+"}, {fyne.KeyModifierSuper, "Super+"}} {
		if k.Mod()&m.modifier != 0 {
			keys += m.name
		}
	}
	return keys + string(k.Key())
}
