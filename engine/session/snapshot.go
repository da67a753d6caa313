package session

import (
	"image"
	"time"

	"ganvas/engine/doctor"
	"ganvas/engine/field"
	"ganvas/engine/gan"
)

// Status is how training stands.
type Status struct {
	Running         bool
	Step, Steps     int64         // Steps 0: no end
	Epoch           float64       // passes over the data
	ImagesSeen      int64         // real items that D has been shown
	ImagesPerSecond float64       // real items, by the same measure
	SecondsPerStep  float64       // by the clock: of late while training goes on, and afterwards on average
	MeanSeconds     float64       // on average since the run was opened, without its first step, which allocates
	Left            time.Duration // 0: unknown
	LastSave        time.Time
	SaveErr         error // why the last try to save failed, such as a full disk: training goes on and tries again; nil: it did not fail
	SaveErrs        int   // how many tries to save have failed
	Err             error // why training stopped by itself: *gan.NonFinite, a disk on which a pause could not be saved
	Message         string
	Looking         bool     // Step has the generator alone, the averaged one where there is one: training cannot go on from there
	ClassTest       string   // how well D names the classes of items that it was not told, in words; empty: nobody knows
	ClassError      *float64 // the share that it names wrongly; nil: nobody knows
}

// Snapshot is how a run stands at one instant. It shares no memory with the trainer and is never
// written again.
type Snapshot struct {
	Status    Status
	Sheet     *Sheet         // of pictures; nil when it has not changed
	Points    *Points        // of points; nil when they have not changed
	Gradients *Gradients     // of each player's last update, layer by layer; nil when they have not changed
	Doctor    *doctor.Report // what the doctor says
	Game      *Game          // what happened in the step that was watched last; nil: none was
}

// Sheet shows what the generator, the averaged one where there is one, makes of the same latents
// over the whole run.
type Sheet struct {
	Image         *image.RGBA
	Columns, Rows int
	ByClass       bool // each row is of one class, in the order of the data's
	ByGenerator   bool // each row is of one of several generators
	Step          int64
}

// Points show real and generated points, and layers that were asked for, over a part of the plane.
type Points struct {
	Real, Fake [][2]float32
	field.Layers
	HeatW, HeatH           int // cells of the layers that have any
	XMin, XMax, YMin, YMax float64
	Modes, ModesTotal      int     // modes of the data that generated points find (metrics.CountModes); ModesTotal 0: the data have none
	HighQuality            float64 // share of generated points within three standard deviations of a mode
	Step                   int64
}

// Refresh publishes a snapshot with pictures now.
func (s *Session) Refresh() { s.publish(true) }

func (s *Session) publish(picture bool) {
	var snap Snapshot
	if picture {
		s.mu.Lock()
		if !s.kick() || !s.view.flat() { // else the points come from what looks at them
			snap.Sheet, snap.Points = s.view.render(s.trainer)
		}
		snap.Gradients = s.gradients()
		s.mu.Unlock()
	} else if s.mu.TryLock() { // who only says how the run stands does not wait
		snap.Gradients = s.gradients()
		s.mu.Unlock()
	}
	snap.Status, snap.Doctor, snap.Game = s.Status(), s.Doctor(), s.motion.shown.Load()
	s.options.Publish(snap)
}

// Gradients are the norms of the gradients of the layers that learn, from the first on; none before
// the first update.
type Gradients struct{ G, D []gan.LayerNorm }

// gradients returns those of the trainer. The caller holds mu.
func (s *Session) gradients() *Gradients {
	var g Gradients
	g.G, g.D = s.trainer.LayerNorms()
	return &g
}
