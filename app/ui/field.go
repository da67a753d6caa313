package ui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"ganvas/app/titles"
	"ganvas/engine/recipe"
	"ganvas/widgets"
)

// A Field is one key of the recipe as a control: a menu where there are choices, otherwise an entry
// that checks what is typed and takes it over with Enter or when it is left.
type Field struct {
	Key     recipe.KeyInfo
	Control fyne.CanvasObject
	Show    func(value string) // without calling back
	Revert  func()             // gives up what is being typed, or was refused
}

// NewField returns a control for the key called name; changed is called with new values that are
// possible on their own, and complain, which may be nil, with what is wrong with what is being
// typed, nil when it is mended.
func NewField(name string, changed func(key, value string), complain func(error)) *Field {
	f := &Field{Key: keyCalled(name), Revert: func() {}}
	switch {
	case f.Key.Choices != nil:
		f.makeSelect(changed)
	case f.Key.Type == "true or false":
		f.makeCheck(changed)
	default:
		f.makeEntry(changed, complain)
	}
	return f
}

func (f *Field) makeSelect(changed func(key, value string)) {
	k := f.Key
	var options []string
	for _, c := range k.Choices {
		options = append(options, titles.Choice(c))
	}
	quiet := false
	s := widgets.NewSelect(options, nil)
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); !quiet && i >= 0 {
			changed(k.Name, k.Choices[i])
		}
	}
	f.Control = s
	f.Show = func(value string) {
		if title := titles.Choice(value); s.Selected != title {
			quiet = true
			if k.Other != "" && !slices.Contains(k.Choices, value) { // a file, which the command line or a recipe named
				k.Choices = append(slices.Clone(f.Key.Choices), value)
				s.SetOptions(append(slices.Clone(options), title))
			}
			s.SetSelected(title)
			quiet = false
		}
	}
}

func (f *Field) makeEntry(changed func(key, value string), complain func(error)) {
	k := f.Key
	e := widgets.NewTypedEntry(CheckField(k.Name), func(text string) {
		if value, err := fieldValue(k, text); err == nil {
			changed(k.Name, value)
		}
	})
	e.Wrong = complain
	f.Control = e
	f.Show = func(value string) { e.SetValue(strings.TrimSuffix(value, ".0")) }
	f.Revert = e.Revert
}

// Lock keeps the field from being changed, or lets it be.
func (f *Field) Lock(on bool) {
	if c, ok := f.Control.(fyne.Disableable); ok {
		SetEnabled(c, !on)
	}
}

// keyCalled returns what is known of a key.
func keyCalled(name string) recipe.KeyInfo {
	return titles.Keys[slices.IndexFunc(titles.Keys, func(k recipe.KeyInfo) bool { return k.Name == name })]
}

// CheckField says what is wrong with what was typed for the key called name.
func CheckField(name string) func(text string) error {
	k := keyCalled(name)
	return func(text string) error {
		_, err := fieldValue(k, text)
		return err
	}
}

// fieldValue returns what was typed for a key as recipes write it, or what is wrong with it.
func fieldValue(k recipe.KeyInfo, text string) (string, error) {
	value, err := text, error(nil)
	switch k.Type {
	case "number":
		var v float64
		v, err = widgets.ParseNumber(text)
		value = strconv.FormatFloat(v, 'g', -1, 64)
	case "whole number":
		var v uint64
		v, err = widgets.ParseWhole(text)
		value = strconv.FormatUint(v, 10)
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", titles.Key(k.Name), err)
	}
	if err := recipe.Default().Set(k.Name, value); err != nil {
		return "", errors.New(titles.Key(k.Name) + " " + strings.TrimPrefix(err.Error(), "set "+k.Name+": "))
	}
	return value, nil
}

// FieldLabel is a field's name with its unit; the tip says what it means.
func FieldLabel(name string, k recipe.KeyInfo) fyne.CanvasObject {
	tip := k.Tooltip
	if k.Unit != "" {
		tip += " In " + k.Unit + "."
	}
	l := NewLine(titles.Key(name))
	return widgets.Tip(l, tip+" Usual: "+titles.Choice(k.Default)+"."+titles.Behind(k.Name))
}

// makeCheck makes the control of a key that is true or false.
func (f *Field) makeCheck(changed func(key, value string)) {
	quiet := false
	c := widgets.NewCheck("", func(on bool) {
		if !quiet {
			changed(f.Key.Name, strconv.FormatBool(on))
		}
	})
	f.Control = c
	f.Show = func(value string) {
		quiet = true
		c.SetChecked(value == "true")
		quiet = false
	}
}

// FieldLabelWidth is the width of the names beside fields.
const FieldLabelWidth = 112
