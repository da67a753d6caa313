package datapage

import (
	"fmt"
	"image/color"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/widgets"
)

var (
	channelTitles    = []string{"Grey", "Colour", "Colour with alpha"}
	channelValues    = []string{"1", "3", "4"}
	fitTitles        = []string{"Crop", "Pad", "Stretch"}
	fitValues        = []string{"crop", "pad", "stretch"}
	backgroundTitles = []string{"White", "Grey", "Black", "Other…"}
	backgroundValues = []string{"#ffffff", "#808080", "#000000"}
	strideTitles     = []string{"Every frame", "1 frame in 2", "1 frame in 5", "1 frame in 10", "1 frame in 25", "1 frame in 100"}
	strideValues     = []string{"1", "2", "5", "10", "25", "100"}
	pictureSizes     = []string{"16", "28", "32", "48", "64", "96", "128"}
)

// controls say how pictures are prepared.
type controls struct {
	s    *studio.Studio
	host ui.Host
	rows *fyne.Container

	size          *widgets.TypedEntry
	channels, fit *widgets.Select
	background    *widgets.Select
	stride        *widgets.Select
	strideBox     fyne.CanvasObject // stride with its tip: shown where there are frames
	mirror        *widgets.Check
	parts         parts
	centre        *widgets.TippedButton
	fitRow        *fyne.Container
	lastRow       *fyne.Container
	quiet         bool // the program, not the user, changes the controls
}

func newControls(s *studio.Studio, host ui.Host) *controls {
	c := &controls{s: s, host: host}
	c.build()
	row := func(key, title string, o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(ui.Columns{72, 1}, widgets.Tip(widget.NewLabel(title), titles.Tip(key)), o)
	}
	c.fitRow = container.NewBorder(nil, nil, nil, c.centre, row("fit", "Fit", c.fit))
	c.centre.Hide()
	c.strideBox = widgets.Tip(c.stride, titles.Tip("stride"))
	c.lastRow = container.NewBorder(nil, nil, nil, c.strideBox, row("background", "Behind", c.background))
	c.strideBox.Hide()
	c.makeParts(row)
	c.rows = container.NewVBox(
		container.New(ui.Columns{0.62, 0.38}, row("image_size", "Size", c.size), widgets.Tip(c.mirror, titles.Tip("mirror"))),
		row("channels", "Channels", c.channels),
		c.fitRow,
		c.lastRow,
		c.parts.cellRow,
		c.parts.attribRow)
	return c
}

// refuse keeps Train from starting while what stands in an entry is not possible; err nil: it is.
func (c *controls) refuse(field string, e *widgets.TypedEntry, err error) {
	reason := ""
	if err != nil {
		reason = words.Sentence(err.Error()) + ": fix it on the Data page"
	}
	c.s.Plan.Refuse("Data, "+field, reason, e.Revert)
}

// build makes the controls.
func (c *controls) build() {
	c.size = widgets.NewTypedEntry(ui.CheckField("image_size"), func(text string) { c.set1("image_size", text) })
	c.size.SetOptions(pictureSizes)
	c.size.OnRefused = func(err error) { c.refuse("size", c.size, err) }
	c.channels = widgets.NewSelect(channelTitles, func(string) { c.set1("channels", channelValues[c.channels.SelectedIndex()]) })
	c.fit = widgets.NewSelect(fitTitles, func(string) { c.set1("fit", fitValues[c.fit.SelectedIndex()]) })
	c.background = widgets.NewSelect(backgroundTitles, func(string) { c.chooseBackground() })
	c.stride = widgets.NewSelect(strideTitles, func(string) {
		if i := c.stride.SelectedIndex(); i >= 0 && i < len(strideValues) {
			c.set1("stride", strideValues[i])
		}
	})
	c.mirror = widgets.NewCheck("Mirror", func(on bool) { c.set1("mirror", strconv.FormatBool(on)) })
	c.centre = widgets.TipButton(theme.ViewRestoreIcon(), "Centre", "Crops around the middle again", func() { c.setFocus(0.5, 0.5) })
}

// set1 changes one key.
func (c *controls) set1(key, value string) {
	if !c.quiet {
		c.s.Data.SetPreprocessing(key, strings.TrimSpace(value))
	}
}

// chooseBackground takes the colour that is chosen, or asks for one.
func (c *controls) chooseBackground() {
	if c.quiet {
		return
	}
	if i := c.background.SelectedIndex(); i < len(backgroundValues) {
		c.set1("background", backgroundValues[i])
		return
	}
	if c.background.Selected != backgroundTitles[len(backgroundTitles)-1] {
		return // a colour that was chosen before
	}
	d := dialog.NewColorPicker("Behind transparency and around padded pictures", "The transparency of the colour itself is ignored.", func(chosen color.Color) {
		n := color.NRGBAModel.Convert(chosen).(color.NRGBA)
		c.set1("background", fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B))
	}, c.host.Window())
	d.Advanced = true
	d.SetOnClosed(func() { c.refresh() })
	c.host.Present(d, c.s.ThisData())
}

// refresh brings the controls to the plan, and says whether a row came or went.
func (c *controls) refresh() (changed bool) {
	r := c.s.Plan.Now()
	c.quiet = true
	c.size.SetValue(strconv.Itoa(r.ImageSize))
	ui.SelectTitle(c.channels, channelTitles, channelValues, strconv.Itoa(r.Channels))
	ui.SelectTitle(c.fit, fitTitles, fitValues, r.Fit)
	c.mirror.SetChecked(r.Mirror)
	ui.SelectOrAdd(c.background, backgroundTitles, backgroundValues, r.Background, r.Background)
	ui.SelectOrAdd(c.stride, strideTitles, strideValues, strconv.Itoa(r.Stride), fmt.Sprintf("1 frame in %d", r.Stride))
	changed = c.refreshParts()
	c.quiet = false
	whole := c.s.Data.Whole
	if ui.SetShown(c.strideBox, r.Stride > 1 || whole != nil && whole.Info().Frames) {
		ui.Relayout(c.lastRow)
	}
	if ui.SetShown(c.centre, r.Fit == "crop" && (r.FocusX != 0.5 || r.FocusY != 0.5)) {
		ui.Relayout(c.fitRow)
	}
	return changed
}

func (c *controls) setFocus(x, y float64) {
	r := c.s.Plan.Now().Clone()
	r.FocusX, r.FocusY = x, y
	c.s.Plan.Edit(r, "Move the crop", false)
}
