package lsp

import (
	"context"
	"fmt"
	"sync/atomic"

	"go.lsp.dev/protocol"
	"go.uber.org/zap"
)

// A progress shows the user that something takes its time. The zero value shows nothing.
type progress struct {
	client *client
	token  protocol.ProgressToken
}

// A progressCounter gives each progress of a session a token of its own.
type progressCounter struct{ last atomic.Int64 }

// begin shows a new progress. It must not be called from a notification's handler.
func (n *progressCounter) begin(ctx context.Context, c *client, title string) progress {
	if !c.workDoneProgress {
		return progress{}
	}
	token := protocol.String(fmt.Sprintf("buildls-%d", n.last.Add(1)))
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	if err := c.WorkDoneProgressCreate(ctx, &protocol.WorkDoneProgressCreateParams{Token: token}); err != nil {
		c.tell(protocol.MessageTypeWarning, fmt.Sprintf("creating progress: %v", err))
		return progress{}
	}
	p := progress{client: c, token: token}
	// With no percentage at first, clients ignore all that follow.
	p.send(&protocol.WorkDoneProgressBegin{Kind: "begin", Title: title, Percentage: ptr(uint32(0))})
	return p
}

// report shows how far something is.
func (p progress) report(message string, percent uint32) {
	p.send(&protocol.WorkDoneProgressReport{Kind: "report", Message: &message, Percentage: &percent})
}

// end takes the progress off the screen, with a last message.
func (p progress) end(message string) {
	p.send(&protocol.WorkDoneProgressEnd{Kind: "end", Message: &message})
}

func (p progress) send(value any) {
	if p.client == nil {
		return
	}
	raw, err := protocol.Marshal(value)
	if err != nil {
		p.client.log.Error("progress", zap.Error(err))
		return
	}
	p.client.send(func(ctx context.Context) error {
		return p.client.Progress(ctx, &protocol.ProgressParams{Token: p.token, Value: raw})
	})
}

func ptr[T any](v T) *T { return &v }
