package session

import (
	"runtime"

	"ganvas/engine/ckpt"
	"ganvas/engine/tensor"
)

// machineKind is the kind of an event that says with which instructions a run is trained from its
// step on. With others the last bits of a step may differ.
const machineKind = "machine"

// machineName names the instructions that this process computes with.
func machineName() string { return runtime.GOARCH + " " + tensor.ISA() }

// noteMachine records with which instructions the run is trained from now on, if that is news. The
// caller holds mu.
func (s *Session) noteMachine() {
	if s.machine != s.here {
		s.machine = s.here
		s.events = append(s.events, ckpt.Event{Step: s.trainer.Step, Kind: machineKind, Text: s.here})
	}
}
