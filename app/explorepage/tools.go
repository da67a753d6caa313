package explorepage

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A tool is a way to work with the picture, beside the sliders. Its methods belong to the UI
// goroutine. Where it leads the page it goes by walk.stand and walk.jump, so that undo leads back.
type tool interface {
	// title is what its tab says.
	title() string
	// side is what stands in the column at the right while the tool is chosen.
	side() fyne.CanvasObject
	// over is what lies over the picture meanwhile, and gets the mouse; nil: nothing.
	over() fyne.CanvasObject
	// serves tells whether there is something to do with a kind of data.
	serves(v kindView) bool
	// turn is told when the tool is chosen, and when another is.
	turn(on bool)
	// enable is told when a generator has come, and when there is none any more.
	enable(on bool)
	// drawn is told of every finished drawing, whether or not the tool is chosen.
	drawn(f frame)
}

// makers make the tools, in the order of their tabs.
var makers = []func(p *Page) tool{newFindTool}

// A toolbox is the column at the right: the sliders, and a tab for each tool.
type toolbox struct {
	sliders *sliders
	tools   []tool
	tabs    *widgets.Tabs
	over    *fyne.Container // over the picture
	box     *fyne.Container
}

func newToolbox(p *Page, s *sliders) *toolbox {
	t := &toolbox{sliders: s, over: container.NewStack()}
	tabs := slices.Clone(s.parts)
	for _, make := range makers {
		tool := make(p)
		t.tools = append(t.tools, tool)
		tabs = append(tabs, widgets.Tab{Title: tool.title(), Content: tool.side()})
		if o := tool.over(); o != nil {
			o.Hide()
			t.over.Add(o)
		}
	}
	t.tabs = widgets.NewTabs(tabs...)
	t.tabs.OnSelected = func(int) { t.turn() }
	t.box = ui.NewPanel(t.tabs)
	return t
}

// chosen returns the tool whose tab shows, nil for the sliders.
func (t *toolbox) chosen() tool {
	if i := t.tabs.Selected() - len(t.sliders.parts); i >= 0 {
		return t.tools[i]
	}
	return nil
}

// turn tells the tools which one is chosen.
func (t *toolbox) turn() {
	chosen := t.chosen()
	t.sliders.show(t.tabs.Selected())
	for _, each := range t.tools {
		on := each == chosen
		if o := each.over(); o != nil {
			ui.SetShown(o, on)
		}
		each.turn(on)
	}
}

// of shows the tabs of what serves a kind of data.
func (t *toolbox) of(v kindView) {
	for i, each := range t.tools {
		t.tabs.SetShown(i+len(t.sliders.parts), each.serves(v))
	}
}

func (t *toolbox) enable(on bool) {
	for _, each := range t.tools {
		each.enable(on)
	}
}

func (t *toolbox) drawn(f frame) {
	for _, each := range t.tools {
		each.drawn(f)
	}
}
