package studio

import (
	"testing"

	"ganvas/app/internal/apptest"
)

// TestForecastOfAPlanThatCameBack: measuring that an undo cuts off does not count for the same plan
// once redo brings it back.
func TestForecastOfAPlanThatCameBack(t *testing.T) {
	r := ready(t, apptest.Points)
	r.Forecast.SetSeen(true)
	other := r.Plan.Now().Clone()
	other.Batch = 8
	r.Plan.Edit(other, "Smaller batch", false)
	r.Plan.Undo()
	r.Plan.Redo()
	r.until("the plan is measured", func() bool { return !r.Forecast.Busy })
	if f := r.Forecast; f.Of != other || f.Err != nil || f.Value.SecondsPerStep <= 0 {
		t.Errorf("measured %+v with the error %v", f.Value, f.Err)
	}
}
