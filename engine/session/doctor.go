package session

import (
	"fmt"

	"ganvas/engine/ckpt"
	"ganvas/engine/doctor"
	"ganvas/engine/gan"
	"ganvas/engine/recipe"
)

// A monitor is what a session does for its doctor. It belongs to whoever holds mu.
type monitor struct {
	examiner *doctor.Examiner
	doctor   *doctor.Doctor
}

// Doctor returns what the doctor says of the run. It is never written again.
func (s *Session) Doctor() *doctor.Report {
	s.ctl.Lock()
	defer s.ctl.Unlock()
	return s.report
}

// newMonitor begins anew for a trainer of a recipe. The caller holds mu and ctl.
func (s *Session) newMonitor(r *recipe.Recipe) {
	s.monitor = monitor{doctor.NewExaminer(s.trainer, r, s.data), doctor.New()}
	s.report, s.checkups = new(doctor.Report), nil
}

// examine takes a checkup where one is due after a step, and has the doctor read it. The caller
// holds mu.
func (s *Session) examine(stats gan.Stats) {
	c, ok := s.monitor.examiner.After(stats)
	if !ok {
		return
	}
	s.events = append(s.events, ckpt.Event{Step: c.Step, Kind: doctor.EventKind, Text: c.Text()})
	s.monitor.doctor.See(c)
	s.consult()
}

// consult asks the doctor. The caller holds mu.
func (s *Session) consult() {
	report := s.monitor.doctor.Report(s.recipe)
	s.ctl.Lock()
	defer s.ctl.Unlock()
	s.report, s.checkups = &report, s.monitor.doctor.Checkups()
}

// noteStop tells the doctor that training stopped by itself and went back to the present step. The
// caller holds mu.
func (s *Session) noteStop(err error) {
	at := s.trainer.Step
	s.events = append(s.events, ckpt.Event{Step: at, Kind: doctor.StopKind, Text: err.Error()})
	s.monitor.doctor.Stopped(doctor.Stop{Step: at, Text: err.Error()})
	s.consult()
}

// recall brings the doctor to where the run was restored, from its events up to there, and returns
// the step of the last checkup; the history gets the other events. A checkup that says nothing that
// can be read is left out, with a warning. The caller holds mu.
func (s *Session) recall(events []ckpt.Event, h *history) (last int64) {
	s.monitor.doctor, s.machine = doctor.New(), ""
	unread := 0
	for _, e := range events {
		switch {
		case e.Step > s.trainer.Step:
		case e.Kind == doctor.EventKind:
			c, err := doctor.ParseCheckup(e.Step, e.Text)
			if err != nil {
				unread++
				continue
			}
			s.monitor.doctor.See(c)
			last = e.Step
		case e.Kind == doctor.StopKind:
			s.monitor.doctor.Stopped(doctor.Stop{Step: e.Step, Text: e.Text})
		case e.Kind == machineKind:
			s.machine = e.Text
		default:
			h.events = append(h.events, Event(e))
		}
	}
	if unread > 0 {
		s.ctl.Lock()
		s.warnings = append(s.warnings, fmt.Sprintf("%d of the doctor's checkups cannot be read and are left out", unread))
		s.ctl.Unlock()
	}
	return last
}

// statsOf returns what a row of metrics says of a step, as far as checkups need it.
func statsOf(values []float32) gan.Stats {
	at := func(name string) float64 {
		for i, n := range MetricNames[:min(len(values), len(MetricNames))] {
			if n == name {
				return float64(values[i])
			}
		}
		return 0
	}
	return gan.Stats{
		LossD: at("loss_d"), LossG: at("loss_g"), DReal: at("d_real"), DFake: at("d_fake"), GradD: at("grad_d"), GradG: at("grad_g"),
		PairAccuracy: at("accuracy"),
	}
}
