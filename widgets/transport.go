package widgets

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TransportState is all that a TransportBar shows.
type TransportState struct {
	Running     bool
	Ready       bool    // Train and the single steps are possible
	Reason      string  // why they are not, in one sentence
	Step, Steps int64   // done, and of how many; Steps 0: no end is set
	Epoch       float64 // passes over the data so far
	Speed       string  // such as "1,240 img/s"; empty: not measured
	Left        string  // until Steps, such as "2 min 10 s left"; empty: unknown
	Message     string  // such as "saved" or what stopped the run
	Health      Health  // what the light at the right end shows
	Diagnosis   string  // in a word or three, beside the light
}

// Health is the colour and the sign of a light.
type Health int

// The lights: none, a green tick, an amber triangle, and a red mark.
const (
	HealthUnknown Health = iota
	Healthy
	HealthWarning
	HealthAlarm
)

// icon returns the light's sign in its colour.
func (h Health) icon() fyne.Resource {
	switch h {
	case Healthy:
		return theme.NewSuccessThemedResource(theme.ConfirmIcon())
	case HealthWarning:
		return theme.NewWarningThemedResource(theme.WarningIcon())
	case HealthAlarm:
		return theme.NewErrorThemedResource(theme.ErrorIcon())
	}
	return nil
}

// A TransportBar starts, pauses and single-steps a run and shows how far it is. Its callbacks may
// be nil.
type TransportBar struct {
	widget.BaseWidget
	OnTrain, OnPause             func()
	OnStepD, OnStepG, OnStepBoth func()
	OnHealth                     func() // the light was pressed

	state                  TransportState
	train                  *TippedButton
	stepD, stepG, stepBoth *TippedButton
	buttons                *fyne.Container
	track, done            *box // the progress: a thin bar below its text
	step, figures, message *line
	icon                   *widget.Icon
	light                  *TippedButton
}

// NewTransportBar returns a bar for a run that is not ready yet.
func NewTransportBar() *TransportBar {
	b := &TransportBar{icon: widget.NewIcon(theme.NewWarningThemedResource(theme.WarningIcon()))}
	b.track = newBox(theme.ColorNameButton, theme.SizeNameScrollBarRadius)
	b.done = newBox(theme.ColorNamePrimary, theme.SizeNameScrollBarRadius)
	b.train = TipButton(theme.MediaPlayIcon(), "Train", "", b.Toggle)
	b.train.Importance = widget.HighImportance
	single := func(label, tip string, f *func()) *TippedButton {
		s := TipButton(theme.MediaSkipNextIcon(), label, tip, func() {
			if *f != nil {
				(*f)()
			}
		})
		s.Importance = widget.LowImportance
		return s
	}
	b.stepD = single("step D", "Train the discriminator by one step, then stop", &b.OnStepD)
	b.stepG = single("step G", "Train the generator by one step, then stop", &b.OnStepG)
	b.stepBoth = single("both", "Train the discriminator and then the generator by one step, then stop", &b.OnStepBoth)
	b.train.Text = "Pause" // the longer one: the buttons stand still when it changes
	widest := b.train.MinSize().Width
	b.train.Text = ""
	b.buttons = container.NewHBox(container.New(atLeast(widest), b.train), b.stepD, b.stepG, b.stepBoth)
	b.light = TipButton(nil, "", "What the doctor sees of this run: press to read", func() {
		if b.OnHealth != nil {
			b.OnHealth()
		}
	})
	b.light.Importance = widget.LowImportance
	b.step = newLine("", theme.SizeNameCaptionText, theme.ColorNameForeground).cut(40)
	b.figures = newLine("", theme.SizeNameCaptionText, theme.ColorNameForeground)
	b.message = newLine("", theme.SizeNameCaptionText, theme.ColorNamePlaceHolder).cut(40)
	b.ExtendBaseWidget(b)
	b.Set(TransportState{})
	return b
}

// Toggle trains or pauses, as if the button had been pressed.
func (b *TransportBar) Toggle() {
	f := b.OnTrain
	if b.state.Running {
		f = b.OnPause
	}
	if f != nil && (b.state.Running || b.state.Ready) {
		f()
	}
}

// Set shows s. It belongs to the UI goroutine.
func (b *TransportBar) Set(s TransportState) {
	if s.Step > s.Steps { // the run has gone on beyond its end
		s.Steps = 0
	}
	before := b.state
	b.state = s
	enable := func(button *TippedButton, on bool) {
		if on == button.Disabled() {
			if on {
				button.Enable()
			} else {
				button.Disable()
			}
		}
	}
	enable(b.train, s.Running || s.Ready)
	for _, button := range []*TippedButton{b.stepD, b.stepG, b.stepBoth} {
		enable(button, s.Ready && !s.Running)
	}
	if b.train.tip.text == "" || before.Running != s.Running {
		if s.Running {
			b.train.Text, b.train.Icon = "Pause", theme.MediaPauseIcon()
		} else {
			b.train.Text, b.train.Icon = "Train", theme.MediaPlayIcon()
		}
		b.train.Refresh()
	}
	b.train.SetTip(trainTip(s))
	if b.light.Text != s.Diagnosis || before.Health != s.Health {
		b.light.Text, b.light.Icon = s.Diagnosis, s.Health.icon()
		b.light.Refresh()
	}
	b.figures.set(figuresText(s))
	switch blocked := !s.Ready && !s.Running && s.Reason != ""; {
	case blocked:
		b.message.set(s.Reason)
		b.message.setColor(theme.ColorNameForeground)
	default:
		b.message.set(s.Message)
		b.message.setColor(theme.ColorNamePlaceHolder)
	}
	b.Refresh()
}

// trainTip says what the first button does, or in full why it cannot, for which the bar may lack
// the room.
func trainTip(s TransportState) string {
	switch {
	case s.Running:
		return "Stop after this step; nothing is lost"
	case !s.Ready && s.Reason != "":
		return s.Reason
	}
	return "Train until the planned end, or until you pause"
}

// figuresText returns what is measured.
func figuresText(s TransportState) string {
	text := ""
	if s.Epoch > 0 {
		text = fmt.Sprintf("epoch %.1f", s.Epoch)
	}
	if text != "" && s.Speed != "" {
		text += "  ·  "
	}
	return text + s.Speed
}

// progress returns the part that is done.
func (s TransportState) progress() float32 {
	if s.Steps <= 0 {
		return 0
	}
	return max(0, min(1, float32(float64(s.Step)/float64(s.Steps))))
}

// progressText says as much as a width holds.
func (b *TransportBar) progressText(width float32) string {
	s := b.state
	step := "step " + formatCount(s.Step)
	if s.Steps <= 0 {
		return step
	}
	percent := fmt.Sprintf("%.0f %%", 100*s.progress())
	count := step + " of " + formatCount(s.Steps)
	left := ""
	if s.Left != "" && s.Step < s.Steps {
		left = "  ·  " + s.Left
	}
	for _, text := range []string{count + "  ·  " + percent + left, count + left, percent + left, count} {
		if fyne.MeasureText(text, theme.SizeForWidget(b.step.size, b), fyne.TextStyle{}).Width <= width {
			return text
		}
	}
	return percent
}

// CreateRenderer is part of fyne.Widget.
func (b *TransportBar) CreateRenderer() fyne.WidgetRenderer {
	return &transportRenderer{bar: b, objects: []fyne.CanvasObject{b.buttons, b.step, b.track, b.done, b.figures, b.icon, b.message, b.light}}
}

type transportRenderer struct {
	bar     *TransportBar
	objects []fyne.CanvasObject
}

// Layout puts the buttons at the left, the light and the figures at the right, and the progress and
// the message between them.
func (r *transportRenderer) Layout(size fyne.Size) {
	b := r.bar
	const gap = 10
	at := func(o fyne.CanvasObject, x, w float32) {
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(max(0, w), h))
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
	}
	left := b.buttons.MinSize().Width
	at(b.buttons, 0, left)
	left += gap
	right := size.Width - gap
	if b.state.Health != HealthUnknown {
		w := b.light.MinSize().Width
		right = size.Width - w
		at(b.light, right, w)
		right -= gap
	}
	if w := b.figures.MinSize().Width; w > 0 {
		at(b.figures, right-w, w)
		right -= w + gap
	}
	message := float32(0)
	if b.message.text != "" {
		full := fyne.MeasureText(b.message.text, theme.SizeForWidget(b.message.size, b), fyne.TextStyle{}).Width + 1
		message = min(full, max(120, (right-left)*0.5))
		at(b.message, right-message, message)
		right -= message
		if !b.icon.Hidden {
			const icon = 20
			b.icon.Resize(fyne.NewSquareSize(icon))
			b.icon.Move(fyne.NewPos(right-icon-4, (size.Height-icon)/2))
			right -= icon + 4
		}
		right -= gap
	}
	b.step.set(b.progressText(right - left))
	at(b.step, left, right-left)
	if b.state.Steps <= 0 {
		return
	}
	const bar, between = 6, 3
	y := (size.Height - b.step.MinSize().Height - bar - between) / 2
	b.step.Move(fyne.NewPos(left, y))
	y += b.step.MinSize().Height + between
	b.track.Move(fyne.NewPos(left, y))
	b.track.Resize(fyne.NewSize(max(0, right-left), bar))
	b.done.Move(b.track.Position())
	b.done.Resize(fyne.NewSize(b.track.Size().Width*b.state.progress(), bar))
}

func (r *transportRenderer) MinSize() fyne.Size {
	m := r.bar.buttons.MinSize()
	return fyne.NewSize(m.Width+320, m.Height)
}

func (r *transportRenderer) Refresh() {
	b := r.bar
	blocked := !b.state.Ready && !b.state.Running && b.state.Reason != ""
	b.icon.Hidden = !blocked
	b.light.Hidden = b.state.Health == HealthUnknown
	b.track.Hidden = b.state.Steps <= 0
	b.done.Hidden = b.track.Hidden || b.state.Step <= 0
	b.message.Hidden = b.message.text == ""
	r.Layout(b.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *transportRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *transportRenderer) Destroy()                     {}

// atLeast is a layout for one object that is never narrower.
type atLeast float32

// Layout is part of fyne.Layout.
func (atLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// MinSize is part of fyne.Layout.
func (w atLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().Max(fyne.NewSize(float32(w), 0))
}
