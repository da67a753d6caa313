package widgets

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// TransportState is all that a TransportBar shows.
type TransportState struct {
	Running         bool
	Ready           bool          // Train and the single steps are possible
	Reason          string        // why they are not, in one sentence
	Step, Steps     int64         // done, and of how many; Steps 0: no end is set
	Epoch           float64       // passes over the data so far
	ImagesPerSecond float64       // 0: not measured
	Left            time.Duration // until Steps; 0: unknown
	Message         string        // shown instead of the figures' end, such as "saved" or what stopped the run
}

// A TransportBar starts, pauses and single-steps a run and shows how far it is. Its callbacks may be nil.
type TransportBar struct {
	widget.BaseWidget
	OnTrain, OnPause             func()
	OnStepD, OnStepG, OnStepBoth func()

	state                  TransportState
	train                  *TippedButton
	stepD, stepG, stepBoth *TippedButton
	step, figures          *widget.Label
	message                *widget.Label
	progress               *widget.ProgressBar
	row                    *fyne.Container
}

// NewTransportBar returns a bar for a run that is not ready yet.
func NewTransportBar() *TransportBar {
	b := &TransportBar{step: widget.NewLabel(""), figures: widget.NewLabel(""), message: widget.NewLabel(""), progress: widget.NewProgressBar()}
	call := func(f *func()) func() {
		return func() {
			if *f != nil {
				(*f)()
			}
		}
	}
	b.train = TipButton(theme.MediaPlayIcon(), "Train", "", b.toggle)
	b.train.Importance = widget.HighImportance
	b.stepD = TipButton(theme.MediaSkipNextIcon(), "step D", "One step of the discriminator", call(&b.OnStepD))
	b.stepG = TipButton(theme.MediaSkipNextIcon(), "step G", "One step of the generator", call(&b.OnStepG))
	b.stepBoth = TipButton(theme.MediaSkipNextIcon(), "both", "One step of the discriminator, then one of the generator", call(&b.OnStepBoth))
	for _, s := range []*TippedButton{b.stepD, b.stepG, b.stepBoth} {
		s.Importance = widget.LowImportance
	}
	b.message.Truncation = fyne.TextTruncateEllipsis
	b.progress.TextFormatter = func() string {
		return fmt.Sprintf("%.0f %%", b.progress.Value*100)
	}
	b.row = container.NewBorder(nil, nil,
		container.NewHBox(b.train, b.stepD, b.stepG, b.stepBoth, b.step),
		b.figures,
		container.New(layout.NewGridLayoutWithColumns(2), b.progress, b.message))
	b.ExtendBaseWidget(b)
	b.Set(TransportState{})
	return b
}

func (b *TransportBar) toggle() {
	f := b.OnTrain
	if b.state.Running {
		f = b.OnPause
	}
	if f != nil {
		f()
	}
}

// Set shows s. It belongs to the UI goroutine.
func (b *TransportBar) Set(s TransportState) {
	b.state = s
	if s.Running {
		b.train.SetText("Pause")
		b.train.SetIcon(theme.MediaPauseIcon())
	} else {
		b.train.SetText("Train")
		b.train.SetIcon(theme.MediaPlayIcon())
	}
	b.step.SetText("step " + formatCount(s.Step))
	b.figures.SetText(formatLeft(s.Left))
	b.message.SetText(s.Message)
	if s.Steps > 0 {
		b.progress.SetValue(float64(s.Step) / float64(s.Steps))
	}
}

// CreateRenderer is part of fyne.Widget.
func (b *TransportBar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.row) }
