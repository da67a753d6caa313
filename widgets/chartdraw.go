package widgets

import (
	"fmt"
	"image"
	"math"
	"slices"
	"sort"
	"strings"

	"fyne.io/fyne/v2"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// A chartPicture is a finished drawing together with what is needed to read values off it.
type chartPicture struct {
	image   *image.RGBA
	content chartContent
	axes    chartAxes
	points  int // how many points reached the plot
	beyond  []beyondMark
	legend  []legendEntry
	whole   span // of the horizontal axis, where nothing is left out

	left, right, top, bottom float32 // the data's rectangle in Fyne's units; all 0 where nothing was drawn
}

// drawChart draws content with gonum/plot. One point of the plot is one unit of Fyne's.
func drawChart(content chartContent, v view) *chartPicture {
	p := &chartPicture{content: content}
	dpi := max(1, int(math.Round(72*float64(v.scale))))
	unit := 72 / vg.Length(dpi)
	c := vgimg.NewWith(vgimg.UseWH(vg.Length(v.w)*unit, vg.Length(v.h)*unit), vgimg.UseDPI(dpi),
		vgimg.UseBackgroundColor(v.style.background))
	paintChart(p, draw.New(c), v.style)
	p.image = toRGBA(c.Image())
	return p
}

// paintChart draws onto any canvas of the plot's and fills in what p says about the drawing.
func paintChart(p *chartPicture, c draw.Canvas, style style) {
	p.content = p.content.visible()
	content := p.content
	axes, ok := axesOf(content)
	p.axes, p.whole = axes, content.wholeSpan()
	height := c.Max.Y
	const margin = 6
	right := vg.Length(margin)
	if content.menu { // the button stands beside the title
		right = moreSide
	}
	body := chartHeader(p, draw.Crop(c, margin, -right, 0, -2), style, ok || len(content.look.hidden) > 0)
	body.Max.X = c.Max.X - margin
	if !ok {
		muted := style.label(style.textSize, style.muted)
		muted.XAlign, muted.YAlign = text.XCenter, text.YCenter
		lines := strings.Split(content.empty, "\n")
		pitch := 1.5 * muted.Font.Size // lines of one text would all but touch
		for i, line := range lines {
			at := body.Center()
			at.Y += pitch * (vg.Length(len(lines)-1)/2 - vg.Length(i))
			c.FillText(muted, at, line)
		}
		return
	}
	plt := newPlot(content, axes, style, body)
	data := plt.DataCanvas(body)
	const least = 24 // below this the labels leave no room for lines
	if w, h := float64(data.Max.X-data.Min.X), float64(data.Max.Y-data.Min.Y); !(w >= least && h >= least && finite(w) && finite(h)) {
		return // where labels at both ends have no room, the plot's sizes are not finite
	}
	width := int(data.Max.X - data.Min.X)
	keep := content.keep()
	var lines []plot.Plotter // above all bands
	for i, s := range content.series {
		color, dashes := style.line(content.series, i)
		for _, r := range errorBands(s, keep) {
			plt.Add(chartBand{run: r, color: color})
		}
		for _, r := range thin(s.X, s.Y, axes.xMin, axes.xMax, width, keep) {
			p.points += r.points()
			if len(r.Low) > 0 && !s.Thin {
				plt.Add(chartBand{run: r, color: color})
			}
			lines = append(lines, chartLine{run: r, style: draw.LineStyle{Color: color, Width: s.width(), Dashes: dashes}})
		}
		if x, y, ok := lastPoint(s.X, s.Y, axes.xMin, axes.xMax, keep); ok && !s.Thin {
			lines = append(lines, chartDot{x: x, y: y, color: color})
		}
	}
	plt.Add(lines...)
	plt.Draw(body)
	if !content.logY {
		drawLevels(data, content.levels, axes, style)
	}
	drawMarks(data, content.marks, axes, style)
	p.beyond = beyondMarks(content, axes, keep, data.Max.X-data.Min.X)
	drawBeyond(data, content.series, p.beyond, axes, style)
	p.left, p.right = float32(data.Min.X), float32(data.Max.X)
	p.top, p.bottom = float32(height-data.Max.Y), float32(height-data.Min.Y)
}

// label returns the style of left-aligned text that hangs from its position.
func (s style) label(size float32, c interface{ RGBA() (r, g, b, a uint32) }) text.Style {
	return text.Style{Color: c, Font: s.font(size, false), Handler: s.handler(), XAlign: text.XLeft, YAlign: text.YBottom}
}

// write puts a line of text at x so that it hangs from top.
func write(c draw.Canvas, s text.Style, x, top vg.Length, line string) {
	c.FillText(s, vg.Point{X: x, Y: top - s.Font.Size}, line)
}

// chartHeader writes title, unit and legend at the top and returns what is left below. It tells p
// where the legend's names are.
func chartHeader(p *chartPicture, c draw.Canvas, style style, legend bool) draw.Canvas {
	const gap = 14
	content, ceiling := p.content, c.Max.Y+2
	title := style.label(style.textSize, style.foreground)
	title.Font = style.font(style.textSize, true)
	unit := style.label(style.captionSize, style.muted)
	lineHeight := textHeight(title)
	y := c.Max.Y
	x := c.Min.X
	write(c, title, x, y, content.title)
	x += title.Width(content.title) + 6
	if content.yLabel != "" {
		// both stand on the same line
		down := title.FontExtents().Ascent - unit.FontExtents().Ascent
		write(c, unit, x, y-down, content.yLabel)
		x += unit.Width(content.yLabel)
	}
	entry := style.label(style.captionSize, style.foreground)
	var total vg.Length
	for _, s := range content.series {
		total += legendSample + 4 + entry.Width(s.Name) + gap
	}
	if !legend || total == 0 {
		return draw.Crop(c, 0, 0, 0, -lineHeight-4)
	}
	if left := c.Max.X - total + gap; left > x+gap {
		x = left
	} else { // the legend does not fit beside the title
		y -= lineHeight
		x = c.Min.X
	}
	entryHeight := textHeight(entry)
	first := x
	for i, s := range content.series {
		if width := legendSample + 4 + entry.Width(s.Name); x > first && x+width > c.Max.X+1 {
			x, y = c.Min.X, y-entryHeight-2
		}
		color, dashes := style.line(content.series, i)
		top := y - (lineHeight-entryHeight)/2
		written := entry
		if slices.Contains(content.look.hidden, s.Name) {
			written.Color, color = style.muted, style.grid
		}
		c.StrokeLine2(draw.LineStyle{Color: color, Width: s.width() + 0.5, Dashes: dashes}, x, top-entryHeight/2, x+legendSample, top-entryHeight/2)
		place := area{fyne.NewPos(float32(x), float32(ceiling-top)), fyne.NewSize(float32(legendSample+4+entry.Width(s.Name)), float32(entryHeight))}
		p.legend = append(p.legend, legendEntry{s.Name, place})
		x += legendSample + 4
		write(c, written, x, top, s.Name)
		x += entry.Width(s.Name) + gap
	}
	return draw.Crop(c, 0, 0, 0, y-lineHeight-4-c.Max.Y)
}

// textHeight returns the height of a line of text from the top of its capitals' accents to the
// bottom of its descenders.
func textHeight(s text.Style) vg.Length {
	e := s.FontExtents()
	return e.Ascent + e.Descent
}

// legendSample is the length of a line's sample beside its name.
const legendSample = 22

// ticksOf returns the marks on the axes of a chart of a size.
func ticksOf(axes chartAxes, logY bool, w, h float64) (x, y tickList) {
	countX, countY := max(2, int(w/80)), max(2, min(7, int(h/30)))
	x = linearTicks(axes.xMin, axes.xMax, countX, axes.xLeast)
	if logY {
		return x, logTicks(axes.yMin, axes.yMax, countY)
	}
	return x, linearTicks(axes.yMin, axes.yMax, countY, 0)
}

// newPlot returns a plot with axes and grid in the theme's colours, without lines.
func newPlot(content chartContent, axes chartAxes, style style, body draw.Canvas) *plot.Plot {
	plt := plot.New()
	plt.BackgroundColor = nil
	plt.TextHandler = style.handler()
	plt.X.Label.Text = content.xLabel
	plt.X.Label.Position = draw.PosRight
	plt.X.Label.Padding = 1
	size := body.Size()
	plt.X.Tick.Marker, plt.Y.Tick.Marker = ticksOf(axes, content.logY, float64(size.X), float64(size.Y))
	if content.logY {
		plt.Y.Scale = plot.LogScale{}
	}
	for _, a := range []*plot.Axis{&plt.X, &plt.Y} {
		a.Padding = 0
		a.LineStyle = draw.LineStyle{Color: style.axis, Width: 1}
		a.Tick.LineStyle = draw.LineStyle{Color: style.axis, Width: 1}
		a.Tick.Length = 4
		a.Tick.Label.Color, a.Tick.Label.Font, a.Tick.Label.Handler = style.muted, style.font(style.captionSize, false), plt.TextHandler
		a.Label.TextStyle.Color, a.Label.TextStyle.Font, a.Label.TextStyle.Handler = style.muted, style.font(style.captionSize, false), plt.TextHandler
	}
	plt.X.Min, plt.X.Max, plt.Y.Min, plt.Y.Max = axes.xMin, axes.xMax, axes.yMin, axes.yMax
	plt.Add(&plotter.Grid{Horizontal: draw.LineStyle{Color: style.grid, Width: 0.5}})
	return plt
}

// markAlpha is how much a mark's band covers, of 255.
const markAlpha = 24

// drawMarks draws bands and dashed vertical lines over data; labels that would cover each other
// move one line down, and are left out where three lines are taken.
func drawMarks(data draw.Canvas, marks []Mark, axes chartAxes, style style) {
	label := style.label(style.captionSize-1, style.foreground)
	height := textHeight(label)
	sorted := append([]Mark(nil), marks...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].X < sorted[j].X })
	var taken [3]vg.Length // how far the labels of each line reach to the right
	for i := range taken {
		taken[i] = data.Min.X - 1
	}
	line := draw.LineStyle{Color: style.muted, Width: 1, Dashes: []vg.Length{4, 3}}
	at := func(x float64) vg.Length {
		return data.Min.X + vg.Length((x-axes.xMin)/(axes.xMax-axes.xMin))*(data.Max.X-data.Min.X)
	}
	shade := style.foreground
	shade.A = markAlpha
	for _, m := range sorted {
		if m.To > m.X && m.To >= axes.xMin && m.X <= axes.xMax {
			from, to := at(max(m.X, axes.xMin)), at(min(m.To, axes.xMax))
			data.FillPolygon(shade, []vg.Point{{X: from, Y: data.Min.Y}, {X: to, Y: data.Min.Y}, {X: to, Y: data.Max.Y}, {X: from, Y: data.Max.Y}})
			m.X = max(m.X, axes.xMin)
		}
		if !(m.X >= axes.xMin && m.X <= axes.xMax) {
			continue
		}
		x := at(m.X)
		data.StrokeLine2(line, x, data.Min.Y, x, data.Max.Y)
		width := label.Width(m.Text)
		left := x + 3
		if left+width > data.Max.X {
			left = x - 3 - width
		}
		for row := range taken {
			if m.Text == "" || left < taken[row] {
				continue
			}
			taken[row] = left + width + 4
			top := data.Max.Y - vg.Length(row)*height
			back := []vg.Point{{X: left - 1, Y: top - height}, {X: left + width + 1, Y: top - height}, {X: left + width + 1, Y: top}, {X: left - 1, Y: top}}
			data.FillPolygon(style.background, back)
			write(data, label, left, top, m.Text)
			break
		}
	}
}

// valuesAt returns what stands at a position in the chart, a line of text for each, and where the
// points lie; nothing where the position is not over the lines.
func (p *chartPicture) valuesAt(at fyne.Position) (texts []string, x float32) {
	if p.right <= p.left || at.X < p.left || at.X > p.right || at.Y < p.top-8 || at.Y > p.bottom+8 {
		return nil, 0
	}
	want := p.axes.xMin + float64((at.X-p.left)/(p.right-p.left))*(p.axes.xMax-p.axes.xMin)
	texts, nearest := p.valuesNear(want, true)
	return texts, p.screenX(nearest)
}

// screenX returns where a position of the horizontal axis lies.
func (p *chartPicture) screenX(x float64) float32 {
	return p.left + float32((x-p.axes.xMin)/(p.axes.xMax-p.axes.xMin))*(p.right-p.left)
}

// valuesOf returns the values at a position of the horizontal axis, and where that lies; nothing
// where it is not on the screen.
func (p *chartPicture) valuesOf(want float64) (texts []string, x float32) {
	if p.right <= p.left || !(want >= p.axes.xMin && want <= p.axes.xMax) {
		return nil, 0
	}
	texts, _ = p.valuesNear(want, false)
	return texts, p.screenX(want)
}

// valuesNear returns the values at the points nearest to a position of the horizontal axis, and where
// on it they are, those of thin lines too where they are asked for.
func (p *chartPicture) valuesNear(want float64, thin bool) (texts []string, nearest float64) {
	nearest = math.Inf(1)
	for _, s := range p.content.series {
		if i := nearestIndex(s.X, want); i >= 0 && (thin || !s.Thin) && math.Abs(s.X[i]-want) < math.Abs(nearest-want) {
			nearest = s.X[i]
		}
	}
	if math.IsInf(nearest, 0) || nearest < p.axes.xMin || nearest > p.axes.xMax {
		return nil, nearest
	}
	name := p.content.xLabel
	if name == "" {
		name = "x"
	}
	texts = append(texts, name+" "+formatX(nearest))
	for _, s := range p.content.series {
		// a series that is measured only now and then says nothing between two of its points
		if i := nearestIndex(s.X, nearest); i >= 0 && (thin || !s.Thin) && s.X[i] == nearest && finite(s.Y[i]) {
			text := s.Name + "  " + formatNumber(s.Y[i])
			if half := s.errAt(i); half > 0 {
				text += " ± " + formatNumber(half)
			}
			texts = append(texts, text)
		}
	}
	scale := float64(p.right-p.left) / (p.axes.xMax - p.axes.xMin)
	for _, b := range p.beyond {
		if math.Abs(b.x-want)*scale < beyondApart && b.x != nearest { // its value is told above otherwise
			texts = append(texts, fmt.Sprintf("%s  %s at %s", p.content.series[b.series].Name, formatNumber(b.y), formatX(b.x)))
		}
	}
	for _, m := range p.content.marks {
		if math.Abs(m.X-want)*scale < 6 || m.To > m.X && m.X <= want && want <= m.To {
			texts = append(texts, m.Text)
		}
	}
	return texts, nearest
}

// nearestIndex returns the index of the value in ascending xs that is nearest to x, or −1 where
// there is none.
func nearestIndex(xs []float64, x float64) int {
	i := sort.SearchFloat64s(xs, x)
	switch {
	case len(xs) == 0:
		return -1
	case i == len(xs):
		return i - 1
	case i > 0 && x-xs[i-1] < xs[i]-x:
		return i - 1
	}
	return i
}

// formatX writes a position on the horizontal axis, whole numbers with all their digits.
func formatX(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return formatCount(int64(x))
	}
	return formatNumber(x)
}
