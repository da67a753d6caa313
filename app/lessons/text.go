package lessons

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/glossary"
	"ganvas/app/ui"
	"ganvas/engine/lesson"
	"ganvas/widgets"
)

// hung puts text beside a mark.
func hung(mark fyne.CanvasObject, spans []lesson.Span) fyne.CanvasObject {
	return container.New(hungLayout{}, mark, widgets.NewProse(theme.SizeNameText, spansOf(spans)...))
}

// formulaBack sets a formula off from the text.
func formulaBack() fyne.CanvasObject {
	back := ui.NewSurface(theme.ColorNameBackground)
	back.Rounded = true
	return back
}

// spansOf returns text as it is drawn. Words that the glossary has explain themselves.
func spansOf(spans []lesson.Span) []widgets.ProseSpan {
	out := make([]widgets.ProseSpan, len(spans))
	for i, s := range spans {
		out[i] = widgets.ProseSpan{Text: s.Text, Bold: s.Bold, Code: s.Code}
		if s.Word {
			w, known := wordOf(s.Text)
			if out[i].Code = !known; known {
				out[i].Tip = w.Tip()
			}
		}
		if s.Link != "" {
			out[i].OnTapped = func() { visit(s.Link) }
		}
	}
	return out
}

// wordOf returns the word of the glossary that a text names, in the singular or in the plural.
func wordOf(text string) (w glossary.Word, ok bool) {
	for _, name := range []string{text, strings.TrimSuffix(text, "s"), strings.TrimSuffix(text, "es")} {
		if w, ok = glossary.Of(name); ok {
			return w, true
		}
	}
	return w, false
}

// visit opens an address outside.
func visit(address string) {
	u, err := url.Parse(address)
	if err == nil {
		err = fyne.CurrentApp().OpenURL(u)
	}
	if err != nil {
		fyne.LogError("open "+address, err)
	}
}
