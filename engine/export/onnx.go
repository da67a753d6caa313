package export

import (
	"context"
	"fmt"
	"io"

	"ganvas/engine/export/onnx"
	"ganvas/engine/wholefile"
)

// ONNX writes a player as an ONNX model; what its inputs and outputs are, onnx.Write says.
func (s *Source) ONNX(ctx context.Context, path string, part Part, o Options) error {
	if err := wholefile.Check(path, wholefile.Mode(o.Replace)); err != nil {
		return err
	}
	n, err := s.Network(part, o.Raw)
	if err != nil {
		return err
	}
	m := onnx.Model{
		Net: n, Discriminator: part == Discriminator, Name: s.Recipe.Name, Version: o.Version, Progress: o.progress,
		Doc: fmt.Sprintf("%s of %s at step %d", title(part), s.Recipe.Name, s.Step),
	}
	for _, p := range s.properties(o.Version, part, o.Raw, n) {
		m.Metadata = append(m.Metadata, onnx.Property(p))
	}
	return wholefile.Write(path, wholefile.Mode(o.Replace), func(w io.Writer) error { return onnx.Write(ctx, w, m) })
}

func title(part Part) string {
	if part == Discriminator {
		return "discriminator"
	}
	return "generator"
}
