package cli

import "io"

type exportCmd struct {
	Web         exportWebCmd         `cmd:"" help:"Write the generator as a web page that works on its own."`
	ONNX        exportONNXCmd        `cmd:"" name:"onnx" help:"Write the generator or the discriminator as an ONNX model."`
	Safetensors exportSafetensorsCmd `cmd:"" help:"Write weights with PyTorch's names and shapes."`
	PyTorch     exportPyTorchCmd     `cmd:"" name:"pytorch" help:"Write a project of PyTorch that goes on with the run, on one machine or many."`
	TensorBoard exportTensorBoardCmd `cmd:"" name:"tensorboard" help:"Write metrics, contact sheets and settings for TensorBoard."`
	Metrics     exportMetricsCmd     `cmd:"" help:"Write all that was measured as CSV."`
	Charts      exportChartsCmd      `cmd:"" help:"Draw the charts of a run as PNG, SVG or PDF, or write their numbers as CSV."`
	Recipe      exportRecipeCmd      `cmd:"" help:"Write the recipe of a run as TOML, for \"ganvas train\". Of your own data it names the folder, which the recipe in a picture does not."`
}

type exportRecipeCmd struct {
	File  string `arg:"" name:"run.ganvas" help:"Project file, or a picture that Ganvas wrote."`
	ID    int64  `name:"run" placeholder:"ID" help:"Run whose recipe to write, as \"ganvas runs\" lists them (default: the current one)."`
	Out   string `short:"o" required:"" placeholder:"RECIPE.toml" help:"File to write."`
	Force bool   `help:"Replace the file if it exists."`
}

// Run writes the recipe that the project or the picture holds.
func (c exportRecipeCmd) Run() error {
	r, err := recipeOf(c.File, c.ID)
	if err != nil {
		return err
	}
	return writeFile(c.Out, c.Force, func(w io.Writer) error {
		_, err := w.Write(r.Bytes())
		return err
	})
}
