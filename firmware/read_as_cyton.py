"""Read the board as a Cyton with nothing but BrainFlow: python read_as_cyton.py PORT."""

import sys
import time

from brainflow.board_shim import BoardIds, BoardShim, BrainFlowInputParams

parameters = BrainFlowInputParams()
parameters.serial_port = sys.argv[1]
board = BoardShim(BoardIds.CYTON_BOARD, parameters)
board.prepare_session()
board.start_stream()
time.sleep(3)
data = board.get_board_data()
board.release_session()
for channel in BoardShim.get_emg_channels(BoardIds.CYTON_BOARD):
    print(f"channel {channel}: {data.shape[1]} samples, SD {data[channel].std():.1f} µV")
